package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.backend.Device;
import twister.model.MlpShape;
import twister.spec.DeviceSpec;
import twister.spec.InvalidInputException;
import twister.spec.LearningRate;
import twister.spec.TrainingPath;
import twister.spec.TrainingSpec;

class DevicesTest {
  private final Devices devices = new Devices();

  private static DeviceSpec wanted(String choice) {
    return new DeviceSpec(choice, Optional.empty(), Optional.empty());
  }

  private static Work work(int steps, TrainingPath path) {
    TrainingSpec training = new TrainingSpec(steps, LearningRate.constant(1), 0, path);
    return Work.of(training, 228_146, 27, 27);
  }

  @Test
  void processorIsTheFirstOfAll() throws Devices.NotLoaded {
    Device first = devices.all().getFirst();
    assertEquals("cpu", first.index());
    assertEquals(Device.Kind.CPU, first.kind());
    assertTrue(first.memory() > 0);
  }

  @Test
  void processorIsTakenWhenItIsAskedFor() throws InvalidInputException, Devices.NotLoaded {
    Devices.Choice choice = devices.choose(wanted("cpu"), work(1_000_000, TrainingPath.EXAMPLES), "x");
    assertEquals("cpu", choice.device().index());
    assertEquals("", choice.reason());
  }

  @Test
  void automaticChoiceOfSmallWorkIsTheProcessorWithoutLookingFurther()
      throws InvalidInputException, Devices.NotLoaded {
    Devices.Choice choice = devices.choose(DeviceSpec.auto(), work(100, TrainingPath.COUNTS), "x");
    assertEquals("cpu", choice.device().index());
    assertEquals("auto, for less than a second of work", choice.reason());
  }

  @Test
  void automaticChoiceOfMuchWorkSaysWhetherThereIsAGpu()
      throws InvalidInputException, Devices.NotLoaded {
    Devices.Choice choice =
        devices.choose(DeviceSpec.auto(), work(1_000_000, TrainingPath.EXAMPLES), "x");
    boolean isGpu = choice.device().kind() == Device.Kind.GPU;
    assertEquals(!isGpu, choice.reason().endsWith("as there is no GPU"), choice.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fpga", "0:999", "9:0"})
  void deviceThatIsNotThereIsRefusedWithTheList(String choice) {
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> devices.choose(wanted(choice), Work.none(), "x.yaml"));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(
        message.startsWith("x.yaml: there is no device " + choice + "; there are: cpu ("),
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gpu | 0:0: A",
        "gpu:all | 0:0, 0:2: A; 0:1: B",
        "0:2,0:1 | 0:2: A; 0:1: B",
        "0:0,0:2 | 0:0, 0:2: A"
      })
  void devicesThatWereNamedAreTakenInTheirOrder(String choice, String text)
      throws InvalidInputException, Devices.NotLoaded {
    Devices some = new FakeDevices("A", "B", "A").choices();
    assertEquals(text, some.choose(wanted(choice), Work.none(), "x").text());
  }

  @Test
  void singleRunIsTrainedOnTheFirstOfSeveralDevices()
      throws InvalidInputException, Devices.NotLoaded {
    Devices some = new FakeDevices("A", "B").choices();
    Devices.Choice choice = some.choose(wanted("gpu:all"), Work.none(), "x");
    assertEquals("0:0: A (the first of 2, as it is one run)", choice.first().text());
    assertEquals("0:1: B", some.choose(wanted("0:1"), Work.none(), "x").first().text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0:0,0:7 | x: there is no device 0:7; there are: cpu",
        "fpga:all | x: there is no device fpga; there are: cpu",
        "0:1,0:0,0:1 | x: names the device 0:1 twice"
      })
  void listWithADeviceThatIsNotThereOrTwiceIsRefused(String choice, String message) {
    Devices some = new FakeDevices("A", "B").choices();
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class, () -> some.choose(wanted(choice), Work.none(), "x"));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(message), refusal.getMessage());
  }

  @Test
  void workGrowsWithStepsAndExamplesAndIsSmallBelowTenSeconds() {
    assertTrue(work(1_000_000, TrainingPath.COUNTS).isSmall());
    assertFalse(work(1_000_000_000, TrainingPath.COUNTS).isSmall());
    assertTrue(work(100, TrainingPath.EXAMPLES).isSmall());
    assertFalse(work(1_000_000, TrainingPath.EXAMPLES).isSmall());
    assertTrue(Work.none().isSmall());
    assertEquals("about 12,346 s", new Work(12_345.6).toString());
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
  void workOfAPerceptronIsWithinAFactorOfTwo(int embedding, int hidden, int batch, double measured) {
    long parameters = new MlpShape(3, embedding, hidden, 27).parameters();
    TrainingSpec training =
        new TrainingSpec(
            1_000_000, LearningRate.constant(1), 0, TrainingPath.COUNTS, false, batch, Optional.empty());
    double estimated = Work.ofPerceptron(training, 7130, parameters, 27).seconds();
    assertEquals(1, estimated / measured, 1, "estimated " + estimated);
    assertTrue(estimated > measured / 2, "estimated " + estimated);
  }
}
