package twister.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twister.chart.SweepFolder.L2;
import static twister.chart.SweepFolder.RATE;
import static twister.chart.SweepFolder.SEED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.tracking.RunsOfTests;

class SweepTableTest {
  @TempDir Path folder;
  private SweepFolder sweep;

  @BeforeEach
  void open() {
    sweep = new SweepFolder(folder);
  }

  private SweepTable table() throws IOException {
    sweep.write();
    return SweepFolder.table(folder);
  }

  private static List<String> names(SweepTable table) {
    return table.keys().stream().map(SweepKey::name).toList();
  }

  @Test
  void keysWithMoreValuesComeFirstAndTheRateBeforeTheStrength() throws IOException {
    for (double strength : new double[] {0, 0.1}) {
      for (double rate : new double[] {1, 10}) {
        for (int hidden : new int[] {50, 100, 200}) {
          sweep.add(3, "training.path", "counts", L2, strength, RATE, rate, "model.hidden", hidden);
        }
      }
    }

    assertEquals(List.of("model.hidden", RATE, L2), names(table()));
  }

  @Test
  void runsThatDifferInTheirSeedAloneAreOneSetting() throws IOException {
    for (int seed = 1; seed <= 3; seed++) {
      sweep.add(2 + seed, RATE, 1.0, SEED, seed).add(5, RATE, 2.0, SEED, seed);
    }
    SweepTable table = table();

    assertEquals(List.of(RATE), names(table));
    assertEquals(2, table.settings().size());
    assertEquals(4.0, table.settings().getFirst().loss(), 1e-12);
    // t(0.975, 2) = 4.30265 (Student 1908), standard deviation 1.
    assertEquals(4.30265 / Math.sqrt(3), table.settings().getFirst().margin(), 1e-5);
    assertEquals(0, table.settings().getLast().margin());
  }

  @Test
  void aSettingWithARunThatDivergedHasNoMean() throws IOException {
    sweep.add(2.5, SEED, 1).add(2.7, SEED, 2).addDiverged(SEED, 3);
    SweepSetting setting = table().settings().getFirst();

    assertTrue(setting.isDiverged());
    assertTrue(Double.isNaN(setting.loss()));
    assertEquals(2.6, setting.finiteLoss(), 1e-12);
  }

  @Test
  void theValuesOfAKeyAreWrittenInOneStyle() throws IOException {
    for (double rate : new double[] {0.00005, 0.0015, 0.5, 1000, 10_000}) {
      sweep.add(2.5, RATE, rate);
    }
    SweepKey key = table().keys().getFirst();

    assertEquals(
        List.of("5×10⁻⁵", "1.5×10⁻³", "0.5", "1,000", "10,000"),
        IntStream.range(0, key.size()).mapToObj(key::label).toList());
  }

  @Test
  void aRunThatFinishedWithAnInfiniteLossDidNotDiverge() throws IOException {
    sweep.add("finished", Double.POSITIVE_INFINITY, new double[] {3.7}, RATE, 1.0);
    sweep.add(2.5, RATE, 2.0).addDiverged(RATE, 3.0);
    SweepTable table = table();

    assertEquals(1, table.infinite());
    assertEquals(1, table.diverged());
    assertEquals("run1", table.best().orElseThrow().id());
  }

  @Test
  void theBestRunIsOneOfTheBestSettingNotTheLuckiestSeedOfAnother() throws IOException {
    sweep.add(2.5, RATE, 1.0, SweepFolder.SEED, 1).add(2.9, RATE, 1.0, SweepFolder.SEED, 2);
    sweep.add(2.65, RATE, 2.0, SweepFolder.SEED, 1).add(2.6, RATE, 2.0, SweepFolder.SEED, 2);

    assertEquals("run3", table().best().orElseThrow().id());
  }

  @Test
  void runsThatAreNotOverDoNotCount() throws IOException {
    sweep.add(2.5, RATE, 1.0);
    sweep.add("interrupted", Double.NaN, new double[] {3.7}, RATE, 2.0);
    sweep.add("failed", Double.NaN, new double[] {3.7}, RATE, 3.0);

    assertEquals(1, table().runs().size());
    assertTrue(table().keys().isEmpty());
  }

  @Test
  void ofRunsWithTheSameSettingsTheNewestCounts() throws IOException {
    sweep.add(2.5, RATE, 1.0).add(2.6, RATE, 1.0);

    assertEquals(List.of("run1"), table().runs().stream().map(SweepRun::id).toList());
  }

  @Test
  void theNewestIsThatWhichStartedLastWhereverItsRowIs() throws IOException {
    sweep.add(2.5, RATE, 1.0).add(2.6, RATE, 1.0).write();
    Path runs = folder.resolve("runs.csv");
    RunsOfTests.write(folder, Files.readString(runs).replaceFirst("2026-11-23", "2026-11-24"));

    assertEquals(
        List.of("run0"), SweepFolder.table(folder).runs().stream().map(SweepRun::id).toList());
  }

  @Test
  void theLossOnTheDevWordsDecidesWhereThereIsOne() throws IOException {
    sweep.add(2.5, RATE, 1.0).add(2.6, RATE, 2.0).addDiverged(RATE, 3.0).write();
    Path runs = folder.resolve("runs.csv");
    List<String> lines = Files.readAllLines(runs);
    RunsOfTests.write(
        folder,
        "%s,dev_loss\n%s,2.9\n%s,2.8\n%s,\n"
            .formatted(lines.get(0), lines.get(1), lines.get(2), lines.get(3)));
    SweepTable table = SweepFolder.table(folder);

    assertTrue(table.isOfDevWords());
    assertEquals("run1", table.best().orElseThrow().id());
    assertEquals(2.8, table.best().orElseThrow().loss());
    assertEquals(1, table.diverged());
    assertEquals(
        "The best dev loss is 2.8000, at learning rate 2",
        new SweepWords(table).best().findFirst().orElseThrow());
  }

  @Test
  void valuesThatLieTooFarApartAreSpreadEvenly() throws IOException {
    sweep.add(3, RATE, 0.1).add(3, RATE, 1e10);
    assertTrue(table().keys().getFirst().isSpread());
    sweep.add(3, RATE, 1e308);
    SweepKey key = table().keys().getFirst();
    assertFalse(key.isSpread());
    assertTrue(key.isNumeric());
    assertEquals(List.of("0.1", "10³⁰⁸"), List.of(key.label(0), key.label(2)));
  }

  @Test
  void valuesAreSortedAsNumbersAndOnesThatAreEqualAreOne() throws IOException {
    sweep.add(3, RATE, "10").add(3, RATE, "9.0").add(3, RATE, "1e1", L2, 1).add(3, RATE, "0.25");
    SweepKey key = table().keys().getFirst();

    assertArrayEquals(new double[] {0.25, 9, 10}, key.numbers());
    assertEquals(List.of("0.25", "9", "10"), List.of(key.label(0), key.label(1), key.label(2)));
  }

  @Test
  void aValueThatIsNoNumberMakesTheKeyOneOfWords() throws IOException {
    sweep.add(3, RATE, "10.0").add(3, RATE, "until 10 rate 50.0; rate 5.0");

    assertFalse(table().keys().getFirst().isNumeric());
  }

  @Test
  void aRunWithoutTheKeyHasNoPlace() throws IOException {
    sweep.add(3, RATE, 1.0).add(3, RATE, 2.0).add(2.45, "model.kind", "counts");
    SweepTable table = table();

    assertEquals(List.of(RATE), names(table));
    assertEquals(-1, table.keys().getFirst().place(table.runs().getLast()));
  }

  @Test
  void labelsHaveAsManyDigitsAsTellTheValuesApart() throws IOException {
    sweep.add(3, RATE, 0.10001).add(3, RATE, 0.10002).add(3, RATE, 0.5);
    SweepKey key = table().keys().getFirst();

    assertEquals(3, List.of(key.label(0), key.label(1), key.label(2)).stream().distinct().count());
  }

  @Test
  void theMarksOfDifferentDataAreNone() throws IOException {
    sweep.add(3, RATE, 1.0);

    assertEquals(OptionalDouble.of(2.4540144891548725), table().lowest());
  }

  @Test
  void runsOnOtherDataThanTheNewestAreLeftOut() throws IOException {
    for (int seed = 1; seed <= 3; seed++) {
      sweep.add(9, RATE, 1.0, SEED, seed).add(9, RATE, 2.0, SEED, seed);
    }
    sweep.add(4, RATE, 1.0, SEED, 4).add(5, RATE, 2.0, SEED, 4);
    sweep.write();
    Path file = folder.resolve("runs.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    for (int row = 7; row <= 8; row++) {
      lines.set(row, lines.get(row).replace("2026-11-23,0.1,cpu,00", "2026-11-24,0.1,cpu,11"));
    }
    RunsOfTests.write(folder, String.join("\n", lines) + "\n");
    SweepTable table = SweepFolder.table(folder);

    assertEquals(List.of(4.0, 5.0), table.settings().stream().map(SweepSetting::loss).toList());
  }
}
