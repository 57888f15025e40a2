package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs of running text, and of words in other shapes.
///
/// The losses and the sample are those of PyTorch 2.13.0 on a CPU, in float32: `torch.randn` from
/// the seed 1, `cross_entropy` over the stream's `s[i - k:i]` and `s[i]`, plain gradient descent;
/// the sample is that of `torch.multinomial`, one draw after the other, from `s[0]`. The losses of
/// counts are sums in double.
class TextRunTest extends CommandLineTest {
  private static final String TEXT = "To be, or not to be:\nthat is the question.\n";

  private Path text = Path.of("");

  @BeforeEach
  void writeText() throws IOException {
    Files.writeString(folder.resolve("hamlet.txt"), TEXT);
    text = folder.resolve("text.yaml");
    Files.writeString(
        text,
        """
        data: {file: hamlet.txt, kind: text}
        model: {kind: softmax, init: {seed: 1}}
        training: {steps: 5, learning-rate: 10}
        samples: {length: 40, multinomial: scalar}
        charts: []
        """);
  }

  private Path trained(Object... settings) {
    Stream<Object> set = Stream.of(settings).flatMap(setting -> Stream.of("--set", setting));
    return runFolder(run(Stream.concat(Stream.of("-q", text), set).toArray()));
  }

  private static void assertLosses(Path run, double... expected) throws IOException {
    List<CSVRecord> rows = rows(run.resolve("metrics.csv"));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], Double.parseDouble(rows.get(i).get("loss")), 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"counts", "examples"})
  void bigramsOfTheStreamTrainToTheLossesOfPyTorch(String path) throws IOException {
    Path run = trained("training.path=" + path);
    assertLosses(run, 3.46220326, 3.15677905, 2.89340067, 2.66699123, 2.47266030);
    assertEquals(
        "bresauq\nstsabe.aoo \n,io thun. bunnneo ao",
        rows(run.resolve("samples.csv")).getFirst().get("name"));
    List<CSVRecord> bigrams = rows(run.resolve("bigrams.csv"));
    assertEquals(18 * 18, bigrams.size());
    assertEquals(42, bigrams.stream().mapToLong(row -> Long.parseLong(row.get("count"))).sum());
    assertEquals("\n", bigrams.getFirst().get("previous"));
  }

  @Test
  void trigramsOfTheStreamTrainToTheLossesOfPyTorch() throws IOException {
    assertLosses(
        trained("data.order=3"), 3.51479459, 3.24201632, 2.97748017, 2.72218180, 2.47733903);
  }

  @Test
  void perceptronOverBlocksOfTheStreamTrainsToTheLossesOfPyTorch() throws IOException {
    Path run =
        trained(
            "model={kind: mlp, block-size: 3, embedding: 2, hidden: 4, init: {seed: 1}}",
            "training.learning-rate=0.1");
    assertLosses(run, 5.04720020, 4.90791035, 4.78236103, 4.66829824, 4.56402493);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.9426705189127902", "0.5, 1.9979016327662085"})
  void countsOfTheStreamHaveTheLossOfItsPairs(double smoothing, double loss) throws IOException {
    Path run = trained("model={kind: counts, smoothing: " + smoothing + "}", "training=null");
    List<CSVRecord> rows = rows(run.resolve("metrics.csv"));
    assertEquals(loss, Double.parseDouble(rows.getFirst().get("loss")), 1e-14);
    Answer score = twister("score", "--results", results, "--run", run, "--file", text("whole"));
    assertTrue(score.out().contains("the text, 42 characters\n"), score.out());
    assertTrue(score.out().contains("loss %.6f nats per character".formatted(loss)), score.out());
  }

  private Path text(String name) throws IOException {
    return Files.writeString(folder.resolve(name), TEXT);
  }

  /// `text[:34]`, `text[34:38]` and `text[38:]`; the losses by counts of the first part, smoothed
  /// by 0.5, over the pairs inside of each.
  @Test
  void partsOfATextAreOneAfterTheOther() throws IOException {
    Path run =
        trained(
            "model={kind: counts, smoothing: 0.5}",
            "training=null",
            "data.split={train: 0.8, dev: 0.1, test: 0.1}");
    double[][] counts = new double[128][128];
    for (int i = 1; i < 34; i++) {
      counts[TEXT.charAt(i - 1)][TEXT.charAt(i)]++;
    }
    int[][] parts = {{0, 34}, {34, 38}, {38, 43}};
    List<CSVRecord> rows = rows(run.resolve("evaluation.csv"));
    for (int part = 0; part < parts.length; part++) {
      double sum = 0;
      for (int i = parts[part][0] + 1; i < parts[part][1]; i++) {
        double[] row = counts[TEXT.charAt(i - 1)];
        double total = 18 * 0.5;
        for (double count : row) {
          total += count;
        }
        sum -= Math.log((row[TEXT.charAt(i)] + 0.5) / total);
      }
      double loss = sum / (parts[part][1] - parts[part][0] - 1);
      assertEquals(loss, Double.parseDouble(rows.get(part).get("loss")), 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model={kind: counts}",
        "model={kind: softmax}",
        "model={kind: mlp, block-size: 2, embedding: 2, hidden: 3}"
      })
  void specOfARunRepeatsItAndNamesItTheSame(String model) throws IOException {
    Path run = model.contains("counts") ? trained(model, "training=null") : trained(model);
    Files.copy(run.resolve("spec.yaml"), folder.resolve("again.yaml"));
    assertEquals(run, runFolder(run("-q", folder.resolve("again.yaml"), "--again")));
    Answer sample = twister("sample", "--results", results, run, "--format", "csv");
    assertEquals(
        rows(run.resolve("samples.csv")).getFirst().get("name"),
        rows(Files.writeString(folder.resolve("s.csv"), sample.out())).getFirst().get("text"));
  }

  @Test
  void samplesOfATextHaveTheirLengthAndBeginning() {
    Path run = trained("model={kind: counts, smoothing: 1}", "training=null");
    Answer two =
        twister(
            "sample", "--results", results, run, "--length", 25, "--count", 2, "--prefix", "be");
    assertEquals(0, two.code(), two.err());
    List<String> pieces = Pattern.compile("\n-{15}\n").splitAsStream(two.out()).toList();
    assertEquals(2, pieces.size());
    assertTrue(pieces.getFirst().startsWith("be") && pieces.getFirst().length() == 25, two.out());
    assertTrue(pieces.getLast().startsWith("be") && pieces.getLast().length() == 26, two.out());
  }

  @Test
  void whatATextDoesNotHaveIsRefused() {
    Path run = trained("data.order=4");
    Answer prefix = twister("sample", "--results", results, run, "--prefix", "be");
    assertEquals(2, prefix.code());
    assertEquals(
        "--prefix: found \"be\", allowed: 3 symbols or more, as the model sees 3 before the next"
            + " one\n",
        prefix.err());
    Answer longer =
        twister("sample", "--results", results, run, "--length", 4, "--prefix", "To be");
    assertEquals(2, longer.code());
    assertEquals(
        "--prefix: has 5 characters, allowed: at most 4, the length of a sample\n", longer.err());
    Answer score = twister("score", "--results", results, "--run", run, "To ");
    assertTrue(score.err().contains("allowed: 4 symbols or more"), score.err());
    Answer words =
        twister("sample", "--results", results, runFolder(run("-q", small)), "--length", 3);
    assertEquals("--length: not with a run of words, which end by themselves\n", words.err());
    Answer kinds = twister("data", folder.resolve("hamlet.txt"), "--kind", "text", "--column", "a");
    assertEquals("--column: not with --kind text\n", kinds.err());
  }

  @Test
  void validateSaysHowLongTheTextIs() {
    assertEquals(text + ": good, a text of 43 characters\n", twister("validate", text).out());
  }

  @Test
  void textThatIsTooShortIsRefused() throws IOException {
    Files.writeString(folder.resolve("hamlet.txt"), "a");
    assertTrue(
        run(text)
            .err()
            .contains("is a text of 1 symbol, too few for data.order: an example takes 2"));
    Files.writeString(folder.resolve("hamlet.txt"), "abcde");
    Answer split = run(text, "--set", "data.split={train: 0.8}");
    assertTrue(
        split
            .err()
            .contains(
                "is too short a text for data.split: 3 examples to learn from, 0 of dev, 0 of"
                    + " test"),
        split.err());
    Path one = trained("data.split=null");
    assertEquals(25, rows(one.resolve("bigrams.csv")).size());
  }

  @Test
  void anotherBoundaryIsTheSignInEveryFile() throws IOException {
    Files.writeString(folder.resolve("dots.txt"), "e.g\ni.e\n");
    Path run =
        runFolder(
            run(
                "-q",
                small,
                "--set",
                "name=dots",
                "--set",
                "data.file=dots.txt",
                "--set",
                "data.boundary=\"#\"",
                "--set",
                "samples.count=50"));
    List<CSVRecord> bigrams = rows(run.resolve("bigrams.csv"));
    assertEquals("#", bigrams.getFirst().get("previous"));
    assertEquals(".", bigrams.get(1).get("next"));
    assertTrue(Files.readString(run.resolve("spec.yaml")).contains("  boundary: '#'\n"));
    List<String> names =
        rows(run.resolve("samples.csv")).stream().map(row -> row.get("name")).toList();
    assertTrue(names.stream().anyMatch(name -> name.endsWith("#")), names::toString);
    Answer sample = twister("sample", "--results", results, run);
    assertFalse(sample.out().contains("#"), sample.out());
    Answer score = twister("score", "--results", results, "--run", run, "e.g");
    assertTrue(score.out().contains("  #        e "), score.out());
    Answer refused = twister("score", "--results", results, "--run", run, "e#");
    assertTrue(refused.err().contains("marks where words begin and end"), refused.err());
  }

  @Test
  void wordsOfAColumnAreOtherRunsThanThoseOfAList() throws IOException {
    Files.writeString(folder.resolve("people.csv"), "id,name\n1,emma\n2,olivia\n3,ava\n");
    Path column =
        runFolder(run("-q", small, "--set", "data.file=people.csv", "--set", "data.column=name"));
    Path list = runFolder(run("-q", small));
    assertEquals(
        Files.readString(list.resolve("bigrams.csv")),
        Files.readString(column.resolve("bigrams.csv")));
    assertFalse(list.equals(column));
    Answer data =
        twister(
            "data",
            "--results",
            results,
            folder.resolve("people.csv"),
            "--column",
            "2",
            "--top",
            0);
    assertTrue(data.out().contains("  words     4, none of them twice"), data.out());
  }

  /// The experiment in docs/own-words.md, as it stands there.
  @Test
  void experimentOfTheDocumentRuns() throws IOException {
    String document = Files.readString(Path.of("docs/own-words.md"));
    int begin = document.indexOf("```yaml\nname: licence\n") + "```yaml\n".length();
    String yaml = document.substring(begin, document.indexOf("```", begin));
    Path experiment = Files.writeString(folder.resolve("licence.yaml"), yaml);
    Answer answer = run(experiment, "--set", "data.file=" + Path.of("LICENSE").toAbsolutePath());
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("a text, 11,354 examples, 76 symbols"), answer.out());
    assertTrue(answer.out().contains("loss      0.4852 nats per character"), answer.out());
    Answer data = twister("data", "--results", results, "LICENSE", "--kind", "text", "--top", 0);
    assertTrue(data.out().contains("  text      11,358 characters, 202 lines\n"), data.out());
    assertTrue(document.contains("  text      11,358 characters, 202 lines\n"));
  }
}
