package twister.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportTensorBoardCommandTest extends CommandLineTest {
  private Path to = Path.of("");

  @BeforeEach
  void chooseFolder() {
    to = folder.resolve("events");
  }

  private void export() {
    export(to);
  }

  private Answer export(Path place) {
    Answer answer = twister("export", "tensorboard", "small", "--results", results, "--to", place);
    assertEquals(0, answer.code(), answer.err());
    return answer;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().contains("tfevents"))
          .sorted()
          .toList();
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (Path file : files(folder)) {
      contents.put(
          folder.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
    }
    return contents;
  }

  private List<EventReader.Event> events(String run) throws IOException {
    try (Stream<Path> files = Files.list(to.resolve(run))) {
      List<Path> all =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.endsWith(".twister.lock"))
              .toList();
      assertEquals(1, all.size(), all.toString());
      return EventReader.read(all.getFirst());
    }
  }

  private static List<EventReader.Event> tagged(List<EventReader.Event> events, String tag) {
    return events.stream().filter(event -> event.tag().equals(tag)).toList();
  }

  @Test
  void losesNothingOfASweepAndShowsNoNaN() throws IOException {
    trainHostileSweep("Which?");
    export();
    List<CSVRecord> rows = rows(results.resolve("small/runs.csv"));
    assertEquals(12, rows.size());
    for (CSVRecord row : rows) {
      List<EventReader.Event> events = events(row.get("run"));
      assertTrue(
          events.stream()
              .filter(EventReader.Event::isScalar)
              .allMatch(event -> Float.isFinite(event.scalar())),
          "a number that is not finite");
      Path run = results.resolve("small").resolve(row.get("run"));
      List<CSVRecord> metrics = rows(run.resolve("metrics.csv"));
      List<EventReader.Event> losses = tagged(events, "loss");
      boolean isFinished = row.get("status").equals("finished");
      List<CSVRecord> finite =
          metrics.stream()
              .filter(next -> Double.isFinite(Double.parseDouble(next.get("loss"))))
              .toList();
      assertEquals(finite.size(), losses.size());
      for (int i = 0; i < losses.size(); i++) {
        assertEquals(Long.parseLong(finite.get(i).get("step")), losses.get(i).step());
        double loss = Double.parseDouble(finite.get(i).get("loss"));
        assertEquals((float) Math.min(loss, Float.MAX_VALUE), losses.get(i).scalar());
      }
      List<EventReader.Event> last = tagged(events, "final/dev_loss");
      assertEquals(isFinished ? 1 : 0, last.size());
      if (isFinished) {
        assertEquals((float) Double.parseDouble(row.get("dev_loss")), last.getFirst().scalar());
        assertEquals(12, last.getFirst().step());
        List<EventReader.Event> dev = tagged(events, "dev_loss");
        assertEquals(last.getFirst().scalar(), dev.getLast().scalar());
        assertEquals(12, dev.getLast().step());
      }
    }
  }

  /// In single precision they would be infinite, and left out.
  @Test
  void hugeLossesArePoints() throws IOException {
    run(small, "-q", "--set", "training.learning-rate=1e300");
    export();
    String run = rows(results.resolve("small/runs.csv")).getFirst().get("run");
    List<EventReader.Event> losses = tagged(events(run), "loss");
    assertEquals(3, losses.size());
    assertEquals(Float.MAX_VALUE, losses.getLast().scalar());
  }

  @Test
  void seedsOfASettingAreOneGroup() throws IOException {
    trainHostileSweep("Which?");
    export();
    Map<String, Set<String>> settings = new TreeMap<>();
    for (CSVRecord row : rows(results.resolve("small/runs.csv"))) {
      List<EventReader.Event> events = events(row.get("run"));
      EventReader.Message start =
          tagged(events, "_hparams_/session_start_info").getFirst().ofPlugin().at(3);
      Set<String> keys =
          start.all(1).stream()
              .map(entry -> entry.message().field(1).text())
              .collect(Collectors.toSet());
      assertFalse(keys.contains("model.init.seed"), keys.toString());
      assertTrue(keys.contains("training.l2"), keys.toString());
      settings
          .computeIfAbsent(start.field(4).text(), _ -> new HashSet<>())
          .add(row.get("training.learning-rate") + " " + row.get("training.l2"));
      long ending =
          tagged(events, "_hparams_/session_end_info")
              .getFirst()
              .ofPlugin()
              .at(4)
              .field(1)
              .number();
      assertEquals(row.get("status").equals("finished") ? 1 : 2, ending);
    }
    assertEquals(6, settings.size());
    assertTrue(settings.values().stream().allMatch(same -> same.size() == 1), settings.toString());
  }

  @Test
  void namesAreNoMarkdownAndChartsArePictures() throws IOException {
    trainHostileSweep("Which?");
    run(small, "-q", "--set", "charts=[loss]");
    export();
    String run = rows(results.resolve("small/runs.csv")).getFirst().get("run");
    List<EventReader.Event> samples = tagged(events(run), "samples");
    List<String> names =
        rows(results.resolve("small").resolve(run).resolve("samples.csv")).stream()
            .map(row -> row.get("name"))
            .toList();
    List<String> shown = samples.getLast().texts();
    assertEquals(names, shown.stream().map(name -> name.replace("\\", "")).toList());
    assertTrue(
        shown.stream().noneMatch(name -> name.matches(".*(^|[^\\\\])<.*")), shown.toString());
    EventReader.Event chart = tagged(events(""), "charts/sweep-losses").getFirst();
    Path png = results.resolve("small/charts/sweep-losses.png");
    assertArrayEquals(Files.readAllBytes(png), chart.strings().get(2));
    assertEquals("1200", chart.texts().getFirst());
  }

  @Test
  void againAndElsewhereTheFilesAreTheSame() throws IOException {
    trainHostileSweep("Which?");
    export();
    Map<String, String> first = contents(to);
    assertEquals(13, first.size());
    export();
    assertEquals(first, contents(to));
    Path elsewhere = folder.resolve("elsewhere");
    export(elsewhere);
    assertEquals(first, contents(elsewhere));
  }

  @Test
  void runsThatComeLaterChangeNothingOfTheOthers() throws IOException {
    run(small, "-q", "--set", "training.l2=0.5");
    export();
    Map<String, String> before = contents(to);
    before.keySet().removeIf(name -> !name.contains("/"));
    assertEquals(1, before.size());
    for (String other : List.of("model.init.seed=1", "training.steps=5", "data.words=2")) {
      run(small, "-q", "--set", other);
    }
    Files.writeString(
        small,
        """
        name: small
        data: {file: words.txt}
        model: {kind: counts, smoothing: 1}
        charts: []
        """);
    run(small, "-q");
    export();
    Map<String, String> after = contents(to);
    assertEquals(6, after.size());
    before.forEach((name, bytes) -> assertEquals(bytes, after.get(name), name));
  }

  @Test
  void runInTrainingGrowsWhenItIsExportedAgain() throws IOException {
    Path run = runFolder(run(small, "-q", "--set", "data.split={train: 0.4, dev: 0.3}"));
    String name = run.getFileName().toString();
    Path draft = run.resolveSibling("." + name + ".draft");
    Path kept = folder.resolve("kept");
    Files.move(run, kept);
    Files.delete(results.resolve("small/runs.csv"));
    Files.createDirectory(draft);
    Files.copy(kept.resolve("spec.yaml"), draft.resolve("spec.yaml"));
    List<String> lines = Files.readAllLines(kept.resolve("metrics.csv"));
    Files.write(draft.resolve("metrics.csv"), lines.subList(0, 3));
    Answer answer = export(to);
    assertTrue(answer.out().contains("1 run, 1 in training"), answer.out());
    assertTrue(events("").getFirst().wallTime() > 1e9, "the time of the draft");
    Path file = files(to.resolve(name)).getFirst();
    byte[] before = Files.readAllBytes(file);
    assertEquals(2, tagged(EventReader.read(file), "loss").size());
    deleteAll(draft);
    Files.move(kept, run);
    Files.deleteIfExists(results.resolve("small/runs.csv"));
    export();
    assertEquals(List.of(file), files(to.resolve(name)));
    byte[] after = Files.readAllBytes(file);
    assertArrayEquals(before, Arrays.copyOf(after, before.length));
    assertEquals(3, tagged(EventReader.read(file), "loss").size());
    assertEquals(1, tagged(EventReader.read(file), "final/dev_loss").size());
  }

  @Test
  void damagedRunIsNamedAndLeavesWhatIsThere() throws IOException {
    Path run = runFolder(run(small, "-q"));
    run(small, "-q", "--set", "training.l2=0.5");
    export();
    Map<String, String> before = contents(to);
    Path metrics = run.resolve("metrics.csv");
    Files.writeString(metrics, Files.readString(metrics).replace("\n0,", "\n00,"));
    Answer answer = twister("export", "tensorboard", "small", "--results", results, "--to", to);
    assertEquals(1, answer.code());
    assertTrue(answer.err().contains("metrics.csv: is not what was written"), answer.err());
    assertTrue(answer.out().contains("1 run;"), answer.out());
    assertEquals(before, contents(to));
  }

  @Test
  void foldersThatHoldResultsAndLinksAreRefused() throws IOException {
    Path run = runFolder(run(small, "-q"));
    for (Path place : List.of(run, results.resolve("small"), results)) {
      Answer answer =
          twister("export", "tensorboard", "small", "--results", results, "--to", place);
      assertEquals(1, answer.code());
      assertTrue(answer.err().contains("holds results"), answer.err());
    }
    Files.createSymbolicLink(to, run);
    Answer answer = twister("export", "tensorboard", "small", "--results", results, "--to", to);
    assertEquals(1, answer.code());
    assertTrue(answer.err().contains("is a link") || answer.err().contains("holds"), answer.err());
    assertEquals(List.of(), files(run));
  }

  @Test
  void doctorFindsNothingStrangeInItsFolder() {
    run(small, "-q");
    Answer answer = twister("export", "tensorboard", "small", "--results", results);
    assertEquals(0, answer.code(), answer.err());
    Answer doctor = twister("doctor", "small", "--results", results);
    assertFalse(doctor.out().contains("tensorboard"), doctor.out());
    assertTrue(Files.isDirectory(results.resolve("small/tensorboard")));
  }

  @Test
  void unknownTargetIsSaidWithWhatThereIs() {
    assertTrue(twister("export").err().contains("there are: tensorboard"));
    Answer answer = twister("export", "tensorbord", "small");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("did you mean tensorboard?"), answer.err());
  }
}
