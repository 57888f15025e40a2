package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
        "training.accumulate-gradients=true | found true (a truth value), allowed: nothing (only"
            + " softmax can; each update of mlp",
        "training.batch=0                | training.batch: found 0, allowed: a whole number from 1",
        "training.batches=torch-cuda     | training.batches: found \"torch-cuda\" (text), allowed:"
            + " torch-cpu",
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

  @Test
  void lossesOnThePartsAreInTheTableOfRuns() throws IOException {
    Path run = runFolder(run("-q", mlp, "--no-charts"));
    run(mlp, "--no-charts", "--set", "data.split=null");
    List<CSVRecord> runs = rows(run.resolveSibling("runs.csv"));
    List<CSVRecord> evaluation = rows(run.resolve("evaluation.csv"));
    for (CSVRecord last : evaluation.subList(evaluation.size() - 3, evaluation.size())) {
      String column = last.get("split") + "_loss";
      assertEquals(last.get("loss"), runs.getFirst().get(column));
      assertEquals("", runs.getLast().get(column));
    }
  }

  private List<CSVRecord> scored(Object... arguments) throws IOException {
    Answer answer =
        twister(
            Stream.concat(Stream.of("score", "--format", "csv"), Stream.of(arguments)).toArray());
    assertEquals(0, answer.code(), answer.err());
    Path file = Files.writeString(folder.resolve("scores.csv"), answer.out());
    return rows(file);
  }

  @Test
  void wordsOfTheDataTogetherHaveTheLossOfTheirRun() throws IOException {
    Files.writeString(folder.resolve("words.txt"), "emma\nolivia\nava\n");
    Path run = runFolder(run("-q", mlp, "--no-charts", "--set", "data={file: words.txt}"));
    List<CSVRecord> rows =
        scored("--run", run, "--data", folder.resolve("words.txt"), "emma", "olivia", "ava");
    String loss = rows(run.resolveSibling("runs.csv")).getFirst().get("nll");
    assertEquals(Double.parseDouble(loss), Double.parseDouble(rows.getLast().get("loss")), 1e-6);
    CSVRecord first = rows.getFirst();
    assertEquals("..e", first.get("context") + first.get("next"));
    // A context that the data do not have.
    CSVRecord other = scored("--run", run, "--data", folder.resolve("words.txt"), "vvo").getLast();
    assertTrue(Double.parseDouble(other.get("loss")) > 0, other.toString());
  }

  @Test
  void untrainedScoreIsTheFirstLoss() throws IOException {
    Files.writeString(folder.resolve("words.txt"), "emma\nolivia\nava\n");
    Path run =
        runFolder(
            run(
                "-q",
                mlp,
                "--no-charts",
                "--set",
                "data={file: words.txt}",
                "--set",
                "training={steps: 1, learning-rate: 0.1}"));
    Object[] options = {"--run", run, "--data", folder.resolve("words.txt"), "--untrained"};
    CSVRecord all =
        scored(Stream.concat(Stream.of(options), Stream.of("emma", "olivia", "ava")).toArray())
            .getLast();
    assertEquals(
        Double.parseDouble(rows(run.resolve("metrics.csv")).getFirst().get("loss")),
        Double.parseDouble(all.get("loss")),
        1e-6);
  }

  @Test
  void perceptronIsNotExplainedAndDamagedWeightsAreNamed() throws IOException {
    Path run = runFolder(run("-q", mlp, "--no-charts"));
    Answer explained = twister("score", "--run", run, "--explain", "emma");
    assertEquals(2, explained.code());
    assertTrue(explained.err().startsWith("--explain: not with a run of mlp"), explained.err());
    Answer table = twister("score", "--run", run, "emma");
    assertEquals(0, table.code(), table.err());
    assertTrue(table.out().contains("mlp of names.txt, blocks of 2, after 200 steps"), table.out());
    Path weights = run.resolve("weights.csv");
    Files.writeString(weights, Files.readString(weights).replaceFirst("b1,0,3,", "b1,0,4,"));
    Answer damaged = twister("score", "--run", run, "emma");
    assertEquals(1, damaged.code());
    assertTrue(damaged.err().contains("column: expected '3', found '4'"), damaged.err());
  }
}
