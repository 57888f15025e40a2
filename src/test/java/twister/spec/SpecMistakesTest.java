package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("processor")
final class SpecMistakesTest {
  private static final String TOP =
      "(keys here: name, question, data, model, training, sweep, device, samples, charts, expect)";

  private static final String ENDS =
      " allowed: the first and the last rate, finite numbers above 0, the last one the greater,"
          + " such as [0.001, 1]";

  private ExperimentFile file;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    file = new ExperimentFile(folder);
  }

  @Test
  void reportsEveryMistakeAtOnceInTheOrderOfTheFile() {
    String text =
        """
        nam: bigram
        question:
        data: names.txt
        model: {knd: softmax, init: {generator: torch-cuda}}
        training:
          steps: "many"
          learning-rat: 50
          l2: .nan
          path: exampels
        steps: 5
        samples: {count: -1, length-limit: 0.5, seed: 1e30, multinomial: mlk}
        charts: [loss, bigram, loss, 3]
        expect: {loss: {x: 1, 99: .inf}, within: true}
        """;
    List<String> expected =
        List.of(
            "x.yaml:1:1: nam is not a key; did you mean name? " + TOP,
            "x.yaml:2:10: question: found nothing, allowed: the question as text, without control"
                + " characters",
            "x.yaml:3:7: data: found \"names.txt\" (text), allowed: a mapping, such as {file:"
                + " names.txt}",
            "x.yaml:4:9: model.knd is not a key; did you mean kind? (keys here: kind, smoothing,"
                + " block-size, embedding, hidden, init)",
            "x.yaml:6:10: training.steps: found \"many\" (text), allowed: a whole number from 1 to"
                + " 1,000,000,000",
            "x.yaml:7:3: training.learning-rat is not a key; did you mean learning-rate? (keys"
                + " here: steps, learning-rate, l2, path, accumulate-gradients, batch, batches,"
                + " stop, checkpoint)",
            "x.yaml:8:7: training.l2: found .nan, allowed: a finite number from 0",
            "x.yaml:9:9: training.path: found \"exampels\" (text), allowed: counts or examples; did"
                + " you mean examples?",
            "x.yaml:10:1: steps is not a key; did you mean training.steps? " + TOP,
            "x.yaml:11:18: samples.count: found -1, allowed: a whole number from 0 to 1,000,000",
            "x.yaml:11:36: samples.length-limit: found 0.5, allowed: a whole number from 1 to"
                + " 10,000",
            "x.yaml:11:47: samples.seed: found 1e30, allowed: a whole number from"
                + " -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807",
            "x.yaml:11:66: samples.multinomial: found \"mlk\" (text), allowed: mkl, scalar or"
                + " search; did you mean mkl?",
            "x.yaml:12:16: charts[1]: found \"bigram\" (text), allowed: loss,"
                + " learning-rate-range, bigrams or bigram-probabilities; did you mean bigrams?",
            "x.yaml:12:24: charts[2]: found \"loss\" (text), allowed: each chart once",
            "x.yaml:12:30: charts[3]: found 3, allowed: loss, learning-rate-range, bigrams or"
                + " bigram-probabilities",
            "x.yaml:13:17: expect.loss: found \"x\" (text), allowed: a whole number from 0 to"
                + " 999,999,999",
            "x.yaml:13:27: expect.loss.99: found .inf, allowed: a finite number from 0",
            "x.yaml:13:42: expect.within: found true (a truth value), allowed: a finite number"
                + " from 0");
    assertEquals(expected, file.mistakes(text));
  }

  @Test
  void namesEachKeyThatIsMissing() {
    assertEquals(
        List.of(
            "x.yaml:1:1: data is missing, allowed: a mapping, such as {file: names.txt}",
            "x.yaml:2:1: model.kind is missing, allowed: counts, softmax or mlp"),
        file.mistakes("name: a\nmodel: {}\n"));
  }

  @Test
  void missingWordsAreNamedBesideTheOtherMistakes() {
    List<String> found =
        file.mistakes("name: a\ndata: {file: nowhere.txt}\nmodel: {kind: softmax}\ntraining: {}\n");
    assertTrue(
        found.getFirst().startsWith("x.yaml:2:8: data.file: there is no file nowhere.txt"),
        found.toString());
    assertEquals(3, found.size(), "steps and learning-rate are missing, too: " + found);
  }

  @Test
  void namesWhatATrainingLacks() {
    assertEquals(
        List.of(
            "x.yaml:5:1: training.steps is missing, allowed: a whole number from 1 to"
                + " 1,000,000,000",
            "x.yaml:5:1: training.learning-rate is missing, allowed: a finite number above 0, a"
                + " schedule, such as [{until: 10, rate: 1}, {rate: 0.1}], or a range test, such as"
                + " {range-test: {log: [0.001, 1]}}"),
        file.mistakes(
            ExperimentFile.COUNTS.replace("kind: counts", "kind: softmax") + "training: {}"));
  }

  @Test
  void refusesTrainingLossAndLateExpectationsOfCounts() {
    String text =
        ExperimentFile.COUNTS
            + """
            training: {steps: 3, learning-rate: 1}
            charts: [loss]
            expect: {loss: {0: 2.4, 1: 2.3}}
            """;
    assertEquals(
        List.of(
            "x.yaml:5:1: training: found a mapping, allowed: nothing (counts need no training),"
                + " because model.kind is counts (line 4)",
            "x.yaml:6:10: charts[0]: found \"loss\" (text), allowed: bigrams or"
                + " bigram-probabilities, because model.kind is counts (line 4)",
            "x.yaml:7:25: expect.loss: found 1, allowed: only 0, because model.kind is counts"
                + " (line 4)"),
        file.mistakes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "17", "-2", "2.5", "two", "[2]"})
  void refusesAnOrderThatCannotBe(String order) {
    String text = ExperimentFile.COUNTS.replace("names.txt}", "names.txt, order: " + order + "}");
    List<String> mistakes = file.mistakes(text);
    assertEquals(1, mistakes.size());
    assertEquals("a whole number from 1 to 16", mistakes.getFirst().split(", allowed: ", -1)[1]);
  }

  @Test
  void refusesAStyleThatChartsCannotHave() {
    String charts =
        """
        charts:
          kinds: [loss, los]
          style: {width: 8.5, font-size: 0, font: 3, unit: bit, scale: cube, smooth: -1, log-x: 1,
            hight: 5cm}
        """;
    assertEquals(
        List.of(
            "x.yaml:9:17: charts.kinds[1]: found \"los\" (text), allowed: loss,"
                + " learning-rate-range, bigrams or bigram-probabilities; did you mean loss?",
            "x.yaml:10:18: charts.style.width: found 8.5, allowed: a length above 0, at most 100cm"
                + " or 12000px, such as 8.5cm, 85mm, 3.3in or 1200px",
            "x.yaml:10:34: charts.style.font-size: found 0, allowed: a number of points above 0, at"
                + " most 100, such as 9",
            "x.yaml:10:43: charts.style.font: found 3, allowed: the name of a font; quotes make it"
                + " text",
            "x.yaml:10:52: charts.style.unit: found \"bit\" (text), allowed: nats, bits or"
                + " perplexity; did you mean bits?",
            "x.yaml:10:64: charts.style.scale: found \"cube\" (text), allowed: linear, sqrt or log",
            "x.yaml:10:78: charts.style.smooth: found -1, allowed: a whole number from 0 to"
                + " 1,000,000,000",
            "x.yaml:10:89: charts.style.log-x: found 1, allowed: true or false",
            "x.yaml:11:5: charts.style.hight is not a key; did you mean height? (keys here: width,"
                + " height, font-size, font, unit, smooth, log-x, log-y, scale)"),
        file.mistakes(ExperimentFile.SOFTMAX + charts));
  }

  @Test
  void refusesASizeWithoutRoom() {
    assertEquals(
        List.of(
            "x.yaml:9:3: charts.style: a chart with text of 9 pt: expected at least 6.73 cm wide,"
                + " got 3; make it larger or its text smaller"),
        file.mistakes(ExperimentFile.SOFTMAX + "charts:\n  style: {width: 3cm}\n"));
    assertEquals(
        List.of(
            "x.yaml:9:3: charts.style: the height is another kind of length than the width,"
                + " allowed: both of one"),
        file.mistakes(ExperimentFile.SOFTMAX + "charts:\n  style: {width: 9cm, height: 900px}\n"));
  }

  @Test
  void refusesChartsOfBigramsForOtherOrders() {
    String charts = "charts: [loss, bigrams]\n";
    assertEquals(
        List.of(
            "x.yaml:8:16: charts[1]: found \"bigrams\" (text), allowed: loss, because data.order is"
                + " 3 (line 3)"),
        file.mistakes(
            ExperimentFile.SOFTMAX.replace("names.txt}", "names.txt, order: 3}") + charts));
    assertEquals(
        List.of(
            "x.yaml:5:10: charts[0]: found \"loss\" (text), allowed: no chart, because model.kind"
                + " is counts (line 4)",
            "x.yaml:5:16: charts[1]: found \"bigrams\" (text), allowed: no chart, because"
                + " data.order is 1 (--set data.order=1); --set charts=null leaves it out"),
        file.mistakes(ExperimentFile.COUNTS + charts, "data.order=1"));
  }

  @Test
  void refusesSetsOfNamesAlongATrainingThatThereIsNot() {
    assertEquals(
        List.of(
            "x.yaml:5:18: samples.every: found 50, allowed: nothing (counts need no training),"
                + " because model.kind is counts (line 4)",
            "x.yaml:5:30: samples.reseed: found true (a truth value), allowed: nothing (counts need"
                + " no training), because model.kind is counts (line 4)"),
        file.mistakes(ExperimentFile.COUNTS + "samples: {every: 50, reseed: true}"));
  }

  @Test
  void refusesSetsOfNamesThatCannotBe() {
    assertEquals(
        List.of(
            "x.yaml:8:18: samples.every: found 0, allowed: a whole number from 1 to 1,000,000,000",
            "x.yaml:8:29: samples.reseed: found 1, allowed: true or false"),
        file.mistakes(ExperimentFile.SOFTMAX + "samples: {every: 0, reseed: 1}"));
    assertEquals(
        List.of(
            "x.yaml:8:19: samples.reseed: found true (a truth value), allowed: nothing without"
                + " samples.every"),
        file.mistakes(ExperimentFile.SOFTMAX + "samples: {reseed: true}"));
  }

  @Test
  void refusesDevicesThatCannotBe() {
    String allowed =
        ", allowed: auto, cpu, gpu, fpga, gpu:all, fpga:all or indices as twister devices lists"
            + " them, such as 0:1 or 0:0,0:1";
    assertEquals(
        List.of("x.yaml:5:9: device: found \"GPU\" (text)" + allowed),
        file.mistakes(ExperimentFile.COUNTS + "device: GPU\n"));
    assertEquals(
        List.of(
            "x.yaml:5:9: device: found \"gpu\" (text), allowed: auto or cpu (counts need no"
                + " training), because model.kind is counts (line 4)"),
        file.mistakes(ExperimentFile.COUNTS + "device: gpu\n"));
    assertEquals(
        List.of("x.yaml:5:16: device.kind: found \"gpu\" (text), allowed: fpga"),
        file.mistakes(ExperimentFile.SOFTMAX + "device: {kind: gpu}\n").stream()
            .map(mistake -> mistake.replaceFirst("yaml:\\d+:", "yaml:5:"))
            .toList());
  }

  @Test
  void refusesTheRuleOfTheOtherGenerator() {
    String refused =
        "samples.multinomial: found \"mkl\" (text), allowed: nothing (torch-cuda has one rule),"
            + " because samples.generator is torch-cuda ";
    String text = ExperimentFile.COUNTS + "samples:\n  multinomial: mkl\n  seed: 1\n";
    assertEquals(List.of(), file.mistakes(text + "  generator: torch-cpu\n"));
    assertEquals(
        List.of("x.yaml:6:16: " + refused + "(line 8)"),
        file.mistakes(text + "  generator: torch-cuda\n"));
    assertEquals(
        List.of(
            "x.yaml:6:16: "
                + refused
                + "(--set samples.generator=torch-cuda); --set samples.multinomial=null leaves it"
                + " out"),
        file.mistakes(text, "samples.generator=torch-cuda"));
    assertEquals(
        List.of(), file.mistakes(text, "samples.generator=torch-cuda", "samples.multinomial=null"));
  }

  @Test
  void refusesAnExpectationOfNothing() {
    assertEquals(
        List.of(
            "x.yaml:5:16: expect.loss: found an empty mapping, allowed: at least one step and"
                + " its loss, such as {0: 3.3}"),
        file.mistakes(ExperimentFile.COUNTS + "expect: {loss: {}}\n"));
  }

  @Test
  void refusesASoftmaxModelWithoutTraining() {
    assertEquals(
        List.of(
            "x.yaml:1:1: training is missing, allowed: a mapping, such as {steps: 100,"
                + " learning-rate: 50}"),
        file.mistakes(ExperimentFile.COUNTS.replace("{kind: counts}", "{kind: softmax}")));
  }

  @Test
  void refusesTheKeysOfAnotherModel() {
    assertEquals(
        List.of("x.yaml:4:24: model.smoothing is not a key (keys here: kind, init)"),
        file.mistakes(ExperimentFile.SOFTMAX.replace("softmax}", "softmax, smoothing: 1}")));
  }

  @Test
  void refusesExpectationsBeyondTheTraining() {
    assertEquals(
        List.of(
            "x.yaml:8:17: expect.loss: found 100, allowed: a whole number from 0 to 99, because"
                + " training.steps is 100 (line 6)"),
        file.mistakes(ExperimentFile.SOFTMAX + "expect: {loss: {100: 2.4, 99: 2.4}}"));
  }

  @Test
  void refusesAStepThatIsExpectedTwice() {
    assertEquals(
        List.of("x.yaml:8:25: expect.loss: found 0x5, allowed: each step once"),
        file.mistakes(ExperimentFile.SOFTMAX + "expect: {loss: {5: 2.4, 0x5: 2.4}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | x.yaml:7:18: training.learning-rate: found an empty list, allowed: a finite number"
            + " above 0, a schedule, such as [{until: 10, rate: 1}, {rate: 0.1}], or a range test,"
            + " such as {range-test: {log: [0.001, 1]}}",
        "0 | x.yaml:7:18: training.learning-rate: found 0, allowed: a finite number above 0, a"
            + " schedule, such as [{until: 10, rate: 1}, {rate: 0.1}], or a range test, such as"
            + " {range-test: {log: [0.001, 1]}}",
        "[{until: 5, rate: 1}, {until: 5, rate: 2}, {rate: 3}] | x.yaml:7:48:"
            + " training.learning-rate[1].until: found 5, allowed: a whole number from 6 to"
            + " 1,000,000,000",
        "[{rate: 1}, {rate: 2}] | x.yaml:7:19: training.learning-rate[0].until is missing,"
            + " allowed: a whole number from 1 to 1,000,000,000",
        "[{until: 5, rate: 1}, {until: 99, rate: 2}] | x.yaml:7:48:"
            + " training.learning-rate[1].until: found 99, allowed: a whole number from 100 to"
            + " 1,000,000,000, or nothing: the last phase lasts to the end",
        "[{rat: 1}] | x.yaml:7:20: training.learning-rate[0].rat is not a key; did you mean rate?"
            + " (keys here: until, rate)",
        "[5] | x.yaml:7:18: training.learning-rate: found a list, allowed: a finite number above 0,"
            + " a schedule, such as [{until: 10, rate: 1}, {rate: 0.1}], or a range test, such as"
            + " {range-test: {log: [0.001, 1]}}; to try each of them, vary the key below sweep",
        "{} | x.yaml:7:18: training.learning-rate: found an empty mapping, allowed: a finite number"
            + " above 0, a schedule, such as [{until: 10, rate: 1}, {rate: 0.1}], or a range test,"
            + " such as {range-test: {log: [0.001, 1]}}",
        "{range: 1} | x.yaml:7:3: training.learning-rate.range-test is missing, allowed: a mapping,"
            + " such as {log: [0.001, 1]} AND x.yaml:7:19: training.learning-rate.range is not a"
            + " key (keys here: range-test)",
        "{range-test: 1} | x.yaml:7:31: training.learning-rate.range-test: found 1, allowed: a"
            + " mapping, such as {log: [0.001, 1]}",
        "{range-test: {lin: [1, 2]}} | x.yaml:7:19: training.learning-rate.range-test.log is"
            + " missing, allowed: log or linear, either with the first and the last rate, finite"
            + " numbers above 0, the last one the greater, such as [0.001, 1] AND x.yaml:7:32:"
            + " training.learning-rate.range-test.lin is not a key (keys here: log, linear)",
        "{range-test: {log: 1}} | x.yaml:7:37: training.learning-rate.range-test.log: found 1,"
            + ENDS,
        "{range-test: {log: [1]}} | x.yaml:7:37: training.learning-rate.range-test.log: found a"
            + " list,"
            + ENDS,
        "{range-test: {log: [1, 2, 3]}} | x.yaml:7:37: training.learning-rate.range-test.log: found"
            + " a list,"
            + ENDS,
        "{range-test: {linear: [0, 2]}} | x.yaml:7:41: training.learning-rate.range-test.linear[0]:"
            + " found 0, allowed: a finite number above 0",
        "{range-test: {log: [1, .inf]}} | x.yaml:7:41: training.learning-rate.range-test.log[1]:"
            + " found .inf, allowed: a finite number above 1.0, the first rate",
        "{range-test: {log: [1, 1]}} | x.yaml:7:41: training.learning-rate.range-test.log[1]: found"
            + " 1, allowed: a finite number above 1.0, the first rate",
        "{range-test: {log: [2, 1]}} | x.yaml:7:41: training.learning-rate.range-test.log[1]: found"
            + " 1, allowed: a finite number above 2.0, the first rate",
        "{range-test: {log: [1, 2], linear: [1, 2]}} | x.yaml:7:53:"
            + " training.learning-rate.range-test.linear: found a list, allowed: nothing beside"
            + " training.learning-rate.range-test.log: one of the two",
      })
  void refusesALearningRate(String schedule, String mistake) {
    String text = ExperimentFile.SOFTMAX.replace("rate: 50", "rate: " + schedule);
    assertEquals(mistake, String.join(" AND ", file.mistakes(text)));
  }

  @Test
  void refusesARangeTestWithMoreStepsThanDevicesKeepRatesFor() {
    String text =
        ExperimentFile.SOFTMAX
            .replace("100", "1000001")
            .replace("rate: 50", "rate: {range-test: {log: [1, 2]}}");
    assertEquals(
        List.of(
            "x.yaml:6:10: training.steps: found 1000001, allowed: a whole number from 1 to"
                + " 1,000,000, because training.learning-rate is a range test (line 7)"),
        file.mistakes(text));
  }

  @Test
  void refusesToStopByWordsOfDevThatThereAreNot() {
    String advice =
        ", allowed: train (there are no words of dev, as data.split has none; it could be {train:"
            + " 0.8, dev: 0.1})";
    String text = ExperimentFile.SOFTMAX + "  stop: {loss: dev, patience: 5}\n";
    List<String> expected =
        List.of("x.yaml:8:16: training.stop.loss: found \"dev\" (text)" + advice);
    assertEquals(expected, file.mistakes(text));
    assertEquals(expected, file.mistakes(text, "data.split={train: 0.5, dev: 0}"));
    assertEquals(List.of(), file.mistakes(text, "data.split={train: 0.5, dev: 0.2}"));
  }

  @Test
  void refusesStopsThatSayNotWhen() {
    assertEquals(
        List.of(
            "x.yaml:8:9: training.stop: found a mapping, allowed: a target, a patience, or both,"
                + " such as {target: 2.5, patience: 50}"),
        file.mistakes(ExperimentFile.SOFTMAX + "  stop: {loss: train, every: 5}\n"));
  }

  @Test
  void refusesTheChartOfARangeTestThatThereIsNot() {
    assertEquals(
        List.of(
            "x.yaml:8:10: charts[0]: found \"learning-rate-range\" (text), allowed: loss, bigrams"
                + " or bigram-probabilities, because training.learning-rate is no range test (line"
                + " 7)"),
        file.mistakes(ExperimentFile.SOFTMAX + "charts: [learning-rate-range]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "..",
        ".hidden",
        "a.",
        "con",
        "Nul.b",
        "a..b",
        "''",
        "a b",
        "\"a\\0\"",
        "ü",
        "C:",
        "-x/../y"
      })
  void refusesANameThatIsNoFolder(String name) {
    String text = ExperimentFile.COUNTS.replace("name: counts", "name: " + name);
    assertEquals(1, file.mistakes(text).size());
  }

  @Test
  void refusesANameThatIsTooLong() {
    String longest = "a".repeat(64);
    assertEquals(List.of(), file.mistakes(ExperimentFile.COUNTS, "name=" + longest));
    assertEquals(1, file.mistakes(ExperimentFile.COUNTS, "name=a" + longest).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "Data", "reproduction.csv", "reproduction.md", "README.md"})
  void nameOfSomethingElseInTheResultsIsRefused(String name) {
    assertEquals(
        List.of(
            "x.yaml:1:7: name: found \"%s\" (text), allowed: another name, as results/%s is no"
                    .formatted(name, name)
                + " experiment"),
        file.mistakes(ExperimentFile.COUNTS.replace("name: counts", "name: " + name)));
    assertEquals(1, file.mistakes(ExperimentFile.COUNTS, "name=" + name).size());
  }

  @Test
  void tellsHowANumberBecomesText() {
    assertEquals(
        List.of(
            "x.yaml:1:7: name: found 2024, allowed: at most 64 of a-z, A-Z, 0-9 and - _ . without a"
                + " dot at either end or two in a row; not con, nul and other devices of Windows;"
                + " quotes make it text"),
        file.mistakes(ExperimentFile.COUNTS.replace("name: counts", "name: 2024")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2147483648", "0", "1.5", "1e400", ".inf", "\"5\"", "1_000", "null", "[1]"})
  void refusesStepsThatCannotBe(String steps) {
    String text = ExperimentFile.SOFTMAX.replace("100", steps);
    List<String> mistakes = file.mistakes(text);
    assertEquals(1, mistakes.size());
    assertEquals(
        "a whole number from 1 to 1,000,000,000", mistakes.getFirst().split(", allowed: ", -1)[1]);
  }

  @Test
  void keysOfWordsAreRefusedForAText() {
    String because = ", because data.kind is text (line 3)";
    assertEquals(
        List.of(
            "x.yaml:3:44: data.words: found 3, allowed: nothing (a text has no words)" + because,
            "x.yaml:3:61: data.split.seed: found 1, allowed: nothing (a text is cut in its order)"
                + because,
            "x.yaml:3:73: data.column: found \"a\" (text), allowed: nothing (the whole file is the"
                + " text)"
                + because,
            "x.yaml:3:86: data.boundary: found \"#\" (text), allowed: nothing (a text has no words)"
                + because),
        file.mistakes(
            ExperimentFile.COUNTS.replace(
                "{file: names.txt}",
                "{file: names.txt, kind: text, words: 3, split: {seed: 1}, column: a, boundary:"
                    + " \"#\"}")));
    assertEquals(
        List.of(
            "--set samples.length=3: samples.length: found 3, allowed: nothing (only a text has it,"
                + " data.kind: text; words have length-limit)"),
        file.mistakes(ExperimentFile.COUNTS, "samples.length=3"));
    assertEquals(
        List.of(
            "--set samples.length-limit=3: samples.length-limit: found 3, allowed: nothing"
                + " (data.kind is text, whose samples have a length)"),
        file.mistakes(ExperimentFile.COUNTS, "data.kind=text", "samples.length-limit=3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"##\"", "\" \"", "\"\"", "\"\\u0301\"", "\"\\u200b\"", "7"})
  void boundaryIsOneSignThatOneCanSee(String boundary) {
    List<String> mistakes = file.mistakes(ExperimentFile.COUNTS, "data.boundary=" + boundary);
    assertTrue(
        mistakes.getFirst().contains("allowed: one sign that one can see, such as \"#\""),
        mistakes::toString);
  }

  @Test
  void columnIsANameOrANumber() {
    assertEquals(
        List.of(
            "--set data.column=0: data.column: found 0, allowed: the name of a column, or its"
                + " number from 1 where the table has no header"),
        file.mistakes(ExperimentFile.COUNTS, "data.column=0"));
    assertEquals(List.of(), file.mistakes(ExperimentFile.COUNTS, "data.column=2"));
    assertEquals(List.of(), file.mistakes(ExperimentFile.COUNTS, "data.column=\"2\""));
  }

  @Test
  void countsColumnsInCodePoints() {
    String text = ExperimentFile.COUNTS + "samples: {\"😀é\": 1, seed: x}";
    assertEquals(
        List.of(
            "x.yaml:5:11: samples.😀é is not a key (keys here: count, length,"
                + " length-limit, generator, seed, multinomial, every, reseed)",
            "x.yaml:5:26: samples.seed: found \"x\" (text), allowed: a whole number from"
                + " -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807"),
        file.mistakes(text));
  }

  @Test
  void showsAtMostAHundredMistakes() {
    StringBuilder text = new StringBuilder(ExperimentFile.COUNTS);
    for (int i = 0; i < 1_101; i++) {
      text.append('k').append(i).append(": 1\n");
    }
    List<String> mistakes = file.mistakes(text.toString());
    assertEquals(101, mistakes.size());
    assertEquals("x.yaml: has 1,001 more mistakes", mistakes.getLast());
  }
}
