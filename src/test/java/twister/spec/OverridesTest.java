package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.yaml.InvalidInputException;

final class OverridesTest {
  private ExperimentFile file;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    file = new ExperimentFile(folder);
  }

  @Test
  void replacesAndAddsValues() throws InvalidInputException {
    ExperimentSpec spec =
        file.spec(
            ExperimentFile.SOFTMAX,
            "training.steps=5",
            "training.l2=0.5",
            "samples.count=3",
            "charts=[loss]",
            "question=Why?",
            "expect.loss.0=3.5",
            "expect.loss.4=2.5");
    TrainingSpec training = spec.training().orElseThrow();
    assertEquals(
        new TrainingSpec(5, LearningRate.constant(50), 0.5, TrainingPath.COUNTS), training);
    assertEquals(3, spec.samples().count());
    assertEquals(List.of(ChartKind.LOSS), spec.charts().kinds());
    assertEquals("Why?", spec.question());
    assertEquals(new TreeMap<>(Map.of(0, 3.5, 4, 2.5)), spec.expect().loss());
  }

  @Test
  void commentIsNoValue() {
    assertEquals(
        List.of("--set data.boundary=#: found a comment, as # begins one; quotes make it text"),
        file.mistakes(ExperimentFile.COUNTS, "data.boundary=#"));
  }

  @Test
  void replacesAWholeSchedule() throws InvalidInputException {
    String schedule = "[{until: 1, rate: 100}, {rate: 10}]";
    String text = ExperimentFile.SOFTMAX.replace("rate: 50", "rate: " + schedule);
    assertEquals(
        LearningRate.constant(10),
        file.spec(text, "training.learning-rate=10").training().orElseThrow().learningRate());
    assertEquals(
        file.spec(text), file.spec(ExperimentFile.SOFTMAX, "training.learning-rate=" + schedule));
  }

  @Test
  void letsTheLastOverrideOfAKeyWin() throws InvalidInputException {
    ExperimentSpec spec =
        file.spec(
            ExperimentFile.SOFTMAX,
            "training.steps=abc",
            "training.steps=7",
            "samples.seed=1",
            "samples={count: 2}");
    assertEquals(7, spec.training().orElseThrow().steps());
    assertEquals(2, spec.samples().count());
    assertEquals(2147483647, spec.samples().seed());
  }

  @Test
  void takesKeysOut() throws InvalidInputException {
    String text = ExperimentFile.SOFTMAX + "expect: {loss: {0: 3.5, 99: 2.5}}\ncharts: [loss]\n";
    assertEquals(
        file.spec(ExperimentFile.COUNTS),
        file.spec(
            text,
            "model.kind=counts",
            "training=null",
            "charts=null",
            "expect=~",
            "name=counts",
            "question=How good are counts?"));
    assertEquals(
        new TreeMap<>(Map.of(0, 3.5)), file.spec(text, "expect.loss.99=null").expect().loss());
  }

  @Test
  void tellsHowToSolveAConflictWithTheFile() {
    String text = ExperimentFile.SOFTMAX + "expect: {loss: {0: 3.5, 99: 2.5}}\ncharts: [loss]\n";
    assertEquals(
        List.of(
            "x.yaml:5:1: training: found a mapping, allowed: nothing (counts need no training),"
                + " because model.kind is counts (--set model.kind=counts); --set training=null"
                + " leaves it out",
            "x.yaml:9:10: charts[0]: found \"loss\" (text), allowed: bigrams or"
                + " bigram-probabilities, because model.kind is counts (--set model.kind=counts);"
                + " --set charts=null leaves it out"),
        file.mistakes(text, "model.kind=counts"));
  }

  @Test
  void leavesOutWhatTheFileExpectsOfOtherSettings() throws InvalidInputException {
    String text = ExperimentFile.SOFTMAX + "expect: {loss: {0: 3.5, 99: 2.5}}";
    assertEquals(new TreeMap<>(), file.spec(text, "training.steps=10").expect().loss());
    assertEquals(new TreeMap<>(), file.spec(text, "model.init.seed=3").expect().loss());
    assertEquals(2, file.spec(text, "samples.count=3", "charts=[]").expect().loss().size());
  }

  @Test
  void tellsWhichOverrideCutsAnExpectationOff() {
    assertEquals(
        List.of(
            "--set expect.loss.99=2.5: expect.loss: found 99, allowed: a whole number from 0 to 9,"
                + " because training.steps is 10 (--set training.steps=10); --set expect=null"
                + " leaves it out"),
        file.mistakes(ExperimentFile.SOFTMAX, "training.steps=10", "expect.loss.99=2.5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "training.steps=abc | training.steps: found \"abc\" (text), allowed: a whole number from 1"
            + " to 1,000,000,000",
        "training.steps=\"5\" | training.steps: found \"5\" (text), allowed: a whole number from 1"
            + " to 1,000,000,000",
        "training.steps= | training.steps: found nothing, allowed: a whole number from 1 to"
            + " 1,000,000,000",
        "training.steps | found no =, allowed: KEY=VALUE, such as training.steps=100",
        "=5 | found no key before the =, allowed: KEY=VALUE, such as training.steps=100",
        "training..steps=5 | found a key that no file has, allowed: KEY=VALUE, such as"
            + " training.steps=100",
        "training.stpes=5 | training.stpes is not a key; did you mean steps? (keys here: steps,"
            + " learning-rate, l2, path, accumulate-gradients, batch, batches, stop, checkpoint)",
        "stpes.x=5 | stpes is not a key (keys here: name, question, data, model, training,"
            + " sweep, device, samples, charts, expect)",
        "data.split={train:0.8} | data.split.train:0.8 is not a key; a blank belongs after the"
            + " colon: train: 0.8",
        "steps=5 | steps is not a key; did you mean training.steps? (keys here: name, question,"
            + " data, model, training, sweep, device, samples, charts, expect)",
        "training.lx=null | training.lx is not a key; did you mean l2? (keys here: steps,"
            + " learning-rate, l2, path, accumulate-gradients, batch, batches, stop, checkpoint)",
        "training.steps.x=5 | nothing can be set below training.steps, which is 100 (line 6)",
        "charts=[loss | not valid YAML: expected ',' or ']', but got <stream end>, while parsing a"
            + " flow sequence",
        "charts=loss | charts: found \"loss\" (text), allowed: a list, such as [bigrams]",
        "question=a: b | question: found a mapping, allowed: the question as text, without control"
            + " characters",
        "training={steps: 5} | training.learning-rate is missing, allowed: a finite number above 0,"
            + " a schedule, such as [{until: 10, rate: 1}, {rate: 0.1}], or a range test, such as"
            + " {range-test: {log: [0.001, 1]}}",
      })
  void namesTheOverrideThatIsWrong(String override, String mistake) {
    assertEquals(
        List.of("--set " + override + ": " + mistake),
        file.mistakes(ExperimentFile.SOFTMAX, override));
  }

  @Test
  void reportsTheMistakesOfTheFileAndOfTheOverridesTogether() {
    assertEquals(
        List.of(
            "x.yaml:5:1: foo is not a key (keys here: name, question, data, model, training,"
                + " sweep, device, samples, charts, expect)",
            "--set bar: found no =, allowed: KEY=VALUE, such as training.steps=100",
            "--set samples.seed=x: samples.seed: found \"x\" (text), allowed: a whole number from"
                + " -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807"),
        file.mistakes(ExperimentFile.COUNTS + "foo: 1", "bar", "samples.seed=x"));
  }

  @Test
  void showsALongOverrideInOneShortLine() {
    String override = "name=" + "\n\u001b".repeat(1000);
    assertEquals(1, file.mistakes(ExperimentFile.COUNTS, override).size());
    assertEquals(1, file.mistakes(ExperimentFile.COUNTS, "a.".repeat(100_000) + "a=1").size());
  }
}
