package twister.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.model.MlpShape;
import twister.spec.TrainingPath;

class DeviceModelTest {
  private static final DeviceModel MODEL = new DeviceModel(1, 0.01, 1e-6, 8);

  @Test
  void secondsAreThoseOfTheStartTheStepsAndTheWork() {
    Workload work = new Workload(Workload.Kind.COUNTS, 1, 100, 50_000, 1_000_000);
    assertEquals(1 + 100 * 0.01 + (100 * 0.05 + 1), MODEL.seconds(work), 1e-12);
  }

  @Test
  void runsCostNothingMoreUntilTheDeviceIsFull() {
    Workload work = new Workload(Workload.Kind.COUNTS, 1, 100, 50_000, 0);
    assertEquals(MODEL.seconds(work), MODEL.seconds(work.ofRuns(8)));
    assertEquals(MODEL.seconds(work) + 5, MODEL.seconds(work.ofRuns(16)), 1e-12);
    assertEquals(5.0 / 8, MODEL.secondsPerRun(work), 1e-12);
  }

  @Test
  void modelGoesHalfOfTheWayToWhatATrainingTook() {
    Workload work = new Workload(Workload.Kind.COUNTS, 1, 100, 50_000, 0);
    DeviceModel slower = MODEL.after(work, 1 + 4 * (MODEL.seconds(work) - 1));
    assertEquals(new DeviceModel(1, 0.02, 2e-6, 8), slower);
    assertEquals(MODEL, MODEL.after(work, MODEL.seconds(work)));
    assertEquals(MODEL, MODEL.after(work, 0.5), "a training that took less than its start");
  }

  @ParameterizedTest
  @CsvSource({"-1,0,1,1", "0,-1,1,1", "0,0,0,1", "0,0,1,0.5", "NaN,0,1,1", "0,0,Infinity,1"})
  void whatNoDeviceCanBeIsRefused(double start, double step, double unit, double width) {
    assertThrows(IllegalArgumentException.class, () -> new DeviceModel(start, step, unit, width));
  }

  @Test
  void workOfNgramsGrowsWithStepsAndLogits() {
    Workload counts = Workload.ofNgrams(TrainingPath.COUNTS, 100, 228_146, 27, 27);
    assertEquals(100 * 729, counts.perRun());
    Workload examples = Workload.ofNgrams(TrainingPath.EXAMPLES, 10, 1000, 27, 27);
    assertEquals(10 * 27_000, examples.perRun());
  }

  @ParameterizedTest
  @CsvSource({
    // Embedding, hidden, batch, and what was measured of a step in microseconds.
    "10,  200,   1,   32",
    "10, 2000,   1,  382",
    " 2,  100,  32,   38",
    " 2,  100,  32,   67",
    "10,   10,  32,   42",
    "10,  200,  32,   85",
    "10,  200,  32,  150",
    "300, 200,  32, 2090",
    "10, 2000,  32, 1215",
    "10,  200,   0, 22160",
  })
  void perceptronOnAnyProcessorIsWithinAFactorOfTwo(
      int embedding, int hidden, int batch, double measured) {
    long parameters = new MlpShape(3, embedding, hidden, 27).parameters();
    Workload work = Workload.ofPerceptron(1_000_000, batch, 7130, parameters, 27);
    double estimated = DeviceModel.ofProcessor(Workload.Kind.PERCEPTRON, 2).seconds(work);
    assertEquals(1, estimated / measured, 1, "estimated " + estimated);
    assertTrue(estimated > measured / 2, "estimated " + estimated);
  }
}
