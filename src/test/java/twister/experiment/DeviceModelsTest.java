package twister.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.backend.Device;
import twister.backend.DeviceModel;
import twister.backend.Workload;
import twister.tracking.TwisterVersion;

class DeviceModelsTest {
  private static final DeviceModel MODEL = new DeviceModel(0.5, 1e-4, 1e-9, 132);
  private static final Device GPU = device("0:0", "cuda", "H100, \"SXM\"", "13.0");

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("twister").resolve("devices.csv");
  }

  private static Device device(String index, String backend, String name, String driver) {
    return new Device(index, Device.Kind.GPU, backend, name, 1 << 30, driver);
  }

  private Optional<DeviceModel> found(Device device, Workload.Kind kind) {
    return new DeviceModels(file, _ -> {}).measured(device, kind);
  }

  @Test
  void whatWasMeasuredIsFoundAgain() {
    new DeviceModels(file, _ -> {}).put(GPU, Workload.Kind.COUNTS, MODEL);
    assertEquals(Optional.of(MODEL), found(GPU, Workload.Kind.COUNTS));
    assertEquals(Optional.empty(), found(GPU, Workload.Kind.PERCEPTRON));
  }

  @Test
  void equalDevicesShareTheirModelAndOthersHaveTheirOwn() {
    new DeviceModels(file, _ -> {}).put(GPU, Workload.Kind.COUNTS, MODEL);
    assertEquals(
        Optional.of(MODEL), found(device("1:3", "cuda", GPU.name(), "13.0"), Workload.Kind.COUNTS));
    for (Device other :
        List.of(
            device("0:0", "ptx", GPU.name(), "13.0"),
            device("0:0", "cuda", "A100", "13.0"),
            device("0:0", "cuda", GPU.name(), "13.1"))) {
      assertEquals(Optional.empty(), found(other, Workload.Kind.COUNTS), other.toString());
    }
  }

  @Test
  void whatAnotherVersionMeasuredIsNotBelieved() throws IOException {
    new DeviceModels(file, _ -> {}).put(GPU, Workload.Kind.COUNTS, MODEL);
    String text = Files.readString(file);
    Files.writeString(
        file, text.replace("\n" + TwisterVersion.current().number() + ",", "\n0.0.0,"));
    assertEquals(Optional.empty(), found(GPU, Workload.Kind.COUNTS));
  }

  @Test
  void tornFileKeepsItsWholeLines() throws IOException {
    DeviceModels models = new DeviceModels(file, _ -> {});
    models.put(GPU, Workload.Kind.COUNTS, MODEL);
    models.put(GPU, Workload.Kind.EXAMPLES, MODEL);
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.UTF_8);
    int first = text.indexOf('\n', text.indexOf("COUNTS")) + 1;
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertEquals(Optional.empty(), found(GPU, Workload.Kind.EXAMPLES), length + " bytes");
      assertEquals(
          length >= first, found(GPU, Workload.Kind.COUNTS).isPresent(), length + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "no table",
        "a,b\n\"c",
        "a\nx,cuda,y,z,COUNTS,NaN,0,1,1",
        "\u0000\n\u0000,,,,,,,,"
      })
  void foreignFileIsIgnoredAndReplaced(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    DeviceModels models = new DeviceModels(file, _ -> {});
    assertEquals(Optional.empty(), models.measured(GPU, Workload.Kind.COUNTS));
    models.put(GPU, Workload.Kind.COUNTS, MODEL);
    assertEquals(Optional.of(MODEL), found(GPU, Workload.Kind.COUNTS));
  }

  @Test
  void folderInPlaceOfTheFileIsToldAndDoesNoHarm() throws IOException {
    Files.createDirectories(file);
    DeviceModels models = new DeviceModels(file, _ -> {});
    models.put(GPU, Workload.Kind.COUNTS, MODEL);
    assertEquals(Optional.of(MODEL), models.measured(GPU, Workload.Kind.COUNTS));
    assertTrue(Files.isDirectory(file));
  }

  @Test
  void longTrainingsImproveWhatWasMeasuredAndAddNothing() {
    Workload work = new Workload(Workload.Kind.COUNTS, 1, 1, 1e10, 0);
    DeviceModels models = new DeviceModels(file, _ -> {});
    models.learn(GPU, work, 50);
    assertFalse(Files.exists(file));
    models.put(GPU, Workload.Kind.COUNTS, MODEL);
    models.learn(GPU, work.ofRuns(1), 0.9);
    models.learn(GPU, work, MODEL.seconds(work) * 1.05);
    assertEquals(Optional.of(MODEL), found(GPU, Workload.Kind.COUNTS));
    models.learn(GPU, work, 40.5);
    double seconds = found(GPU, Workload.Kind.COUNTS).orElseThrow().seconds(work);
    assertEquals(20.5, seconds, 0.1);
  }
}
