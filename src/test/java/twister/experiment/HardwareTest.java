package twister.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import twister.backend.Device;

class HardwareTest {

  private static Device device(String index, Device.Kind kind, String backend, String name) {
    return new Device(index, kind, backend, name, 1L << 30, "a driver");
  }

  private static List<String> rows(Device... devices) {
    return Hardware.of(List.of(devices)).stream()
        .map(hardware -> hardware.device().index() + " " + hardware.backends())
        .toList();
  }

  @Test
  void gpuOfSeveralBackendsIsOneWithTheIndicesOfTheOthers() {
    assertEquals(
        List.of("cpu cpu", "0:0 cuda, ptx (1:0), opencl (2:1)", "2:0 opencl"),
        rows(
            device("cpu", Device.Kind.CPU, "cpu", "a processor"),
            device("0:0", Device.Kind.GPU, "cuda", "a GPU"),
            device("1:0", Device.Kind.GPU, "ptx", "a GPU"),
            device("2:0", Device.Kind.CPU, "opencl", "a processor"),
            device("2:1", Device.Kind.GPU, "opencl", "a GPU")));
  }

  @Test
  void equalGpusAreSeveral() {
    assertEquals(
        List.of("0:0 cuda, ptx (1:0)", "0:1 cuda, ptx (1:1)"),
        rows(
            device("0:0", Device.Kind.GPU, "cuda", "a GPU"),
            device("0:1", Device.Kind.GPU, "cuda", "a GPU"),
            device("1:0", Device.Kind.GPU, "ptx", "a GPU"),
            device("1:1", Device.Kind.GPU, "ptx", "a GPU")));
  }
}
