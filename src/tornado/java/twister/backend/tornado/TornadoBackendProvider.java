package twister.backend.tornado;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.backend.BackendProvider;
import twister.spec.DeviceSpec;

/// Finds TornadoVM's devices, or says in a sentence why there are none.
public final class TornadoBackendProvider implements BackendProvider {

  @Override
  public Availability availability(DeviceSpec device) {
    if (ModuleLayer.boot().findModule("tornado.runtime").isEmpty()) {
      return new Availability.NotLoaded();
    }
    setUp(device);
    try {
      return new Availability.Ready(new TornadoBackend());
    } catch (LinkageError e) {
      return new Availability.Missing(reason(e));
    } catch (RuntimeException e) {
      return new Availability.Missing(reason(e));
    }
  }

  /// TornadoVM reads these when its first class is loaded.
  private static void setUp(DeviceSpec device) {
    // Otherwise it runs a kernel that does not compile as plain Java, and says nothing.
    System.setProperty("tornado.recover.bailout", "False");
    // With fused multiply-adds, one process in ten had other last digits than the others.
    System.setProperty("tornado.enable.fma", "False");
    device.config().ifPresent(file -> System.setProperty("tornado.fpga.conf.file", file));
    device.bitstream().ifPresent(file -> System.setProperty("tornado.precompiled.binary", kernels(file)));
  }

  /// One bitstream for every task, on the first device.
  private static String kernels(String bitstream) {
    return Stream.of(
            Stream.of("trainRows", "sumRows").map("counts."::concat),
            Stream.of(
                    "oneHotLogits", "softmax", "negativeLogLikelihood", "gradient", "updateWeights")
                .map("examples."::concat),
            Stream.of(
                    "embed",
                    "hiddenUnits",
                    "logits",
                    "softmaxLoss",
                    "sumLosses",
                    "unitGradient",
                    "inputGradient",
                    "partialGradient",
                    "updateParameters")
                .map("mlp."::concat))
        .flatMap(tasks -> tasks)
        .map(task -> bitstream + "," + task + ".device=0:0")
        .collect(Collectors.joining(","));
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message =
        String.valueOf(cause.getMessage())
            .replaceAll("\u001b\\[[0-9;]*m|\\[(WARNING|ERROR)\\]", "")
            .strip()
            .lines()
            .findFirst()
            .orElse("");
    if (message.contains("No OpenCL platforms")) {
      return "there is no OpenCL driver on this machine, see docs/devices.md";
    }
    if (cause instanceof IndexOutOfBoundsException) {
      return "the drivers of this machine list no device, see docs/devices.md";
    }
    if (cause instanceof UnsatisfiedLinkError) {
      return "TornadoVM's native library does not load ("
          + message
          + "); an SDK built with PTX needs NVIDIA's driver, libcuda";
    }
    return "TornadoVM finds no device (" + message + "), see docs/devices.md";
  }
}
