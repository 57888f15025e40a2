package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlpRunTest extends CommandLineTest {
  private Path mlp = Path.of("");

  @BeforeEach
  void writeExperiment() throws IOException {
    mlp =
        Files.writeString(
            folder.resolve("mlp.yaml"),
            """
            name: mlp
            question: Does it learn?
            data: {file: names.txt, words: 500, split: {train: 0.8, dev: 0.1, test: 0.1, seed: 1}}
            model: {kind: mlp, block-size: 2, embedding: 3, hidden: 11}
            training: {steps: 200, batch: 16, batches: torch-cpu, learning-rate: 0.1}
            samples: {count: 3, every: 60}
            """);
  }

  @Test
  void perceptronLearnsAndKeepsLossesOnEachPart() throws IOException {
    Path run = runFolder(run("-q", mlp));
    List<CSVRecord> metrics = rows(run.resolve("metrics.csv"));
    assertEquals(200, metrics.size());
    double first = Double.parseDouble(metrics.getFirst().get("loss"));
    List<CSVRecord> evaluation = rows(run.resolve("evaluation.csv"));
    List<String> last =
        evaluation.stream()
            .filter(row -> row.get("step").equals("199"))
            .map(row -> row.get("split"))
            .toList();
    assertEquals(List.of("train", "dev", "test"), last);
    assertTrue(Double.parseDouble(evaluation.getLast().get("loss")) < first);
    assertEquals(27 * 3 + 6 * 11 + 11 + 11 * 27 + 27, rows(run.resolve("weights.csv")).size());
    assertEquals(
        List.of("0", "60", "120", "180", "199"),
        rows(run.resolve("samples.csv")).stream().map(row -> row.get("step")).distinct().toList());
    assertTrue(Files.readString(run.resolve("run.yaml")).contains("split-loss:"));
    assertTrue(Files.size(run.resolve("charts/loss.png")) > 5_000);
    assertFalse(Files.exists(run.resolve("bigrams.csv")));
  }

  @Test
  void resolvedSpecAloneRepeatsTheRun() throws IOException {
    Path run = runFolder(run("-q", mlp, "--no-charts"));
    byte[] weights = Files.readAllBytes(run.resolve("weights.csv"));
    Path spec = Files.copy(run.resolve("spec.yaml"), folder.resolve("again.yaml"));
    assertEquals(run, runFolder(run("-q", "--again", spec, "--no-charts")));
    assertEquals(
        -1, java.util.Arrays.mismatch(weights, Files.readAllBytes(run.resolve("weights.csv"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.path=counts            | training.path",
        "training.accumulate-gradients=true | training.accumulate-gradients",
        "training.batch=0                | training.batch: found 0, allowed: a whole number from 1",
        "training.batches=torch-cuda     | training.batches: found \"torch-cuda\" (text), allowed: torch-cpu",
        "data.order=3                    | data.order: found 3, allowed: nothing",
        "model.hidden=0                  | model.hidden",
        "model.block-size=16             | model.block-size",
        "model.kind=softmax              | training.batch",
        "charts=[bigrams]                | because model.kind is mlp",
        "data.split.train=0.5            | data.split: found train 0.5, dev 0.1, test 0.1",
        "data.words=3                    | too few words for data.split",
        "data.words=99999999             | but data.words wants 99,999,999",
        "model.hidden=90000              | model: a perceptron of",
      })
  void whatAPerceptronCannotHaveIsRefused(String override, String message) throws IOException {
    String wide = override.startsWith("model.hidden=9") ? "model.embedding=90000" : override;
    Answer answer = run(mlp, "--set", override, "--set", wide);
    assertEquals(2, answer.code(), answer.out());
    assertTrue(answer.err().contains(message), answer.err());
    assertFalse(answer.err().contains("Exception"), answer.err());
    assertFalse(Files.exists(results));
  }
}
