package twister.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.DeviceModel;
import twister.backend.Workload;
import twister.backend.cpu.CpuBackend;
import twister.spec.DeviceSpec;
import twister.spec.TrainingPath;
import twister.yaml.InvalidInputException;

class DevicesTest {
  @TempDir private Path folder = Path.of("");

  private final Devices devices = new Devices(_ -> {});

  private static DeviceSpec wanted(String choice) {
    return new DeviceSpec(choice, Optional.empty(), Optional.empty());
  }

  private static List<Workload> work(int steps, TrainingPath path) {
    return List.of(Workload.ofNgrams(path, steps, 228_146, 27, 27));
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
    Devices.Choice choice = devices.choose(request("cpu", work(1_000_000, TrainingPath.EXAMPLES)));
    assertEquals("cpu", choice.device().index());
    assertEquals("", choice.reason());
  }

  @Test
  void automaticChoiceOfSmallWorkIsTheProcessorWithoutLookingFurther()
      throws InvalidInputException, Devices.NotLoaded {
    Devices.Choice choice = devices.choose(request("auto", work(100, TrainingPath.COUNTS)));
    assertEquals("cpu", choice.device().index());
    assertEquals("auto, for less than a second of work", choice.reason());
  }

  @Test
  void automaticChoiceOfMuchWorkSaysWhetherThereIsAGpu()
      throws InvalidInputException, Devices.NotLoaded {
    Devices.Choice choice = devices.choose(request("auto", work(1_000_000, TrainingPath.EXAMPLES)));
    boolean isGpu = choice.device().kind() == Device.Kind.GPU;
    assertEquals(!isGpu, choice.reason().endsWith("as there is no GPU"), choice.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fpga", "0:999", "9:0"})
  void deviceThatIsNotThereIsRefusedWithTheList(String choice) {
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> devices.choose(request(choice, List.of()), "x.yaml"));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(
        message.startsWith("x.yaml: there is no device " + choice + "; there are: cpu ("), message);
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
    assertEquals(text, some.choose(request(choice, List.of())).text());
  }

  @Test
  void singleRunIsTrainedOnTheFirstOfSeveralDevices()
      throws InvalidInputException, Devices.NotLoaded {
    Devices some = new FakeDevices("A", "B").choices();
    Devices.Choice choice = some.choose(request("gpu:all", List.of()));
    assertEquals("0:0: A (the first of 2, as it is one run)", choice.first().text());
    assertEquals("0:1: B", some.choose(request("0:1", List.of())).first().text());
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
        assertThrows(InvalidInputException.class, () -> some.choose(request(choice, List.of())));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(message), refusal.getMessage());
  }

  /// A processor that does a million units per second, and GPUs; all were measured.
  private Devices measured(FakeDevices gpus, double... startAndRate) {
    gpus.models = new DeviceModels(folder.resolve("devices.csv"), _ -> {});
    Device processor = new CpuBackend().devices().getFirst();
    gpus.models.put(processor, Workload.Kind.EXAMPLES, new DeviceModel(0, 0, 1e-6, 1));
    for (int i = 0; i < gpus.devices().size(); i++) {
      gpus.models.put(
          gpus.devices().get(i),
          Workload.Kind.EXAMPLES,
          new DeviceModel(startAndRate[2 * i], 0, 1 / startAndRate[2 * i + 1], 1));
    }
    return gpus.choices();
  }

  private static List<Workload> units(double units) {
    return List.of(new Workload(Workload.Kind.EXAMPLES, 1, 1, units, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4e6 | cpu | auto, for about 4 s of work",
        "20e6 | cpu | auto, estimated: cpu about 20 s, 0:0 about 32 s, 0:1 about 41 s",
        "40e6 | 0:0 | auto, estimated: cpu about 40 s, 0:0 about 34 s, 0:1 about 42 s",
        "400e6 | 0:1 | auto, estimated: cpu about 400 s, 0:0 about 70 s, 0:1 about 60 s",
      })
  void automaticChoiceIsTheDeviceThatIsExpectedToEndFirst(double units, String index, String reason)
      throws InvalidInputException, Devices.NotLoaded {
    Devices some = measured(new FakeDevices("A", "B"), 30, 1e7, 40, 2e7);
    Devices.Choice choice = some.choose(request("auto", units(units)));
    assertEquals(index, choice.device().index());
    assertEquals(reason, choice.reason());
  }

  @Test
  void deviceThatWasNotMeasuredIsMeasuredOnceForLongTrainings()
      throws InvalidInputException, Devices.NotLoaded {
    FakeDevices gpus = new FakeDevices("A");
    gpus.models = new DeviceModels(folder.resolve("devices.csv"), _ -> {});
    gpus.choices().choose(request("auto", work(100, TrainingPath.COUNTS)));
    assertEquals(List.of(), gpus.opened);
    List<Workload> much = work(1_000_000, TrainingPath.EXAMPLES);
    gpus.choices().choose(request("auto", much));
    int sessions = gpus.opened.size();
    assertTrue(sessions > 0);
    gpus.models = new DeviceModels(folder.resolve("devices.csv"), _ -> {});
    gpus.choices().choose(request("auto", much));
    assertEquals(sessions, gpus.opened.size());
  }

  @Test
  void deviceThatFailsWhenItIsMeasuredIsNotChosen()
      throws InvalidInputException, Devices.NotLoaded {
    FakeDevices gpus =
        new FakeDevices("A") {
          @Override
          public void open(Device device) {
            throw new DeviceException("0:0 (A) is gone");
          }
        };
    gpus.models = new DeviceModels(folder.resolve("devices.csv"), _ -> {});
    Devices.Choice choice =
        gpus.choices().choose(request("auto", work(1_000_000, TrainingPath.EXAMPLES)));
    assertEquals("cpu", choice.device().index());
    assertTrue(choice.reason().endsWith(", 0:0 fails: 0:0 (A) is gone"), choice.reason());
  }

  @Test
  void timesAreToldInWholeSeconds() {
    assertEquals("about 12,346 s", Workload.about(12_345.6));
    assertEquals("less than a second", Workload.about(0.9));
  }

  private static Devices.Request request(String choice, List<Workload> work) {
    return new Devices.Request(Path.of("x"), wanted(choice), work, 27);
  }

  private static Devices.Request request(String choice, int symbols) {
    return new Devices.Request(Path.of("x.yaml"), wanted(choice), List.of(), symbols);
  }

  @Test
  void moreSymbolsThanADeviceTakesAreRefusedBeforeAnythingIsTrained() throws Exception {
    Devices some = new FakeDevices("A").choices();
    int most = FakeDevices.MOST_SYMBOLS;
    assertEquals("0:0", some.choose(request("0:0", most)).device().index());

    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> some.choose(request("0:0", most + 1)));
    assertEquals(
        "x.yaml: the device 0:0 (A) takes at most 512 symbols, the end of a word among them; the"
            + " words of x.yaml have 513; --device cpu takes any number",
        refused.getMessage());
  }

  @Test
  void devicesThatAreSlowForManySymbolsSaySo() throws Exception {
    Devices some = new FakeDevices("A", "B").choices();
    int fast = FakeDevices.FAST_SYMBOLS;
    assertEquals("0:0: A", some.choose(request("0:0", fast)).text());
    assertEquals(
        "0:0: A (some ten times slower for 65 symbols than for few)",
        some.choose(request("0:0", fast + 1)).text());
    assertEquals("", some.choose(request("cpu", fast + 1)).reason());
  }

  @Test
  void automaticChoiceReckonsThatDevicesAreSlowForManySymbols() throws Exception {
    Devices some = measured(new FakeDevices("A"), 30, 1e7);
    List<Workload> work = units(400e6);
    assertEquals("0:0", some.choose(request("auto", work)).device().index());
    Devices.Choice ofMany =
        some.choose(new Devices.Request(Path.of("x"), wanted("auto"), work, 65));
    assertEquals("cpu", ofMany.device().index());
    assertEquals("auto, estimated: cpu about 400 s, 0:0 about 700 s", ofMany.reason());
  }

  /// Or the next estimate would be ten times too long once more.
  @Test
  void nothingIsLearntOfADeviceThatWasSlowForManySymbols() throws Exception {
    FakeDevices gpus = new FakeDevices("A");
    Devices some = measured(gpus, 0, 1e7);
    Workload work = units(400e6).getFirst();
    Devices.Choice choice = some.choose(request("0:0", 65));
    double before = gpus.models.seconds(choice.device(), List.of(work)).orElseThrow();
    choice.learn(work, 65, 10 * before);
    assertEquals(before, gpus.models.seconds(choice.device(), List.of(work)).orElseThrow());
    choice.learn(work, 64, 10 * before);
    assertTrue(before < gpus.models.seconds(choice.device(), List.of(work)).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "auto, -1, cpu",
    "auto, 1, 0:1",
    "gpu, -1, 0:0",
    "gpu, 1, 0:1",
    "cpu, 1, cpu",
  })
  void aBatchTakesTheGpuThatTheClusterLends(String wanted, int lent, String index)
      throws InvalidInputException, Devices.NotLoaded {
    Devices two = new FakeDevices("one", "two").choices();
    OptionalInt gpu = lent < 0 ? OptionalInt.empty() : OptionalInt.of(lent);
    assertEquals(index, two.lent(wanted, gpu, 27).device().index());
  }

  @Test
  void aGpuThatIsNotThereOrTakesNotSoManySymbolsIsRefused()
      throws InvalidInputException, Devices.NotLoaded {
    Devices one = new FakeDevices("one").choices();
    int tooMany = FakeDevices.MOST_SYMBOLS + 1;
    assertThrows(
        InvalidInputException.class, () -> one.lent(DeviceSpec.AUTO, OptionalInt.of(1), 27));
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class, () -> one.lent("gpu", OptionalInt.of(0), tooMany));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("at most 512 symbols, the words have 513"));
    assertEquals("cpu", one.lent(DeviceSpec.AUTO, OptionalInt.of(0), tooMany).device().index());
  }
}
