package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("processor")
final class SettingsTextsTest {
  @TempDir private Path folder;

  private List<ExperimentSpec> runs(String sweep, String... overrides) throws Exception {
    Path file = Files.writeString(folder.resolve("x.yaml"), ExperimentFile.SOFTMAX + sweep);
    return SpecReader.sweep(file, List.of(overrides), List.of()).runs();
  }

  private static void checkTexts(List<ExperimentSpec> runs, int sections) {
    SettingsTexts texts = new SettingsTexts();
    for (ExperimentSpec run : runs) {
      assertEquals(SpecWriter.settings(run).yaml(), texts.of(run));
    }
    assertEquals(sections, texts.written());
  }

  @Test
  void sectionsOfAHundredThousandSeedsAreWrittenOnce() throws Exception {
    SettingsTexts texts = new SettingsTexts();
    List<ExperimentSpec> runs = runs("sweep: {seeds: 100000}\n");
    assertEquals(100_000, runs.stream().map(texts::of).distinct().count());
    assertEquals(3, texts.written());
  }

  @Test
  void textsAreThoseOfEachRunByItself() throws Exception {
    checkTexts(runs("sweep: {seeds: [0, 10, 4294967295]}\n"), 3);
    checkTexts(runs("sweep: {seeds: [-7, 7]}\n", "model.init.generator=torch-cuda"), 3);
    checkTexts(runs("sweep: {training.l2: [0, 0.1, 1], seeds: 2}\n"), 5);
    checkTexts(runs("sweep: {model.kind: [counts, softmax, mlp], seeds: 2}\n"), 8);
    checkTexts(
        runs(
            "sweep: {model.init.generator: [torch-cpu, torch-cuda], data.order: [1, 2, 3]}\n",
            "data.split={train: 0.8, dev: 0.2}",
            "data.column=2"),
        6);
  }
}
