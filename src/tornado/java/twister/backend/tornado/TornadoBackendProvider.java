package twister.backend.tornado;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.backend.BackendProvider;
import twister.spec.DeviceSpec;

/// Finds TornadoVM's devices, or says in a sentence why there are none.
public final class TornadoBackendProvider implements BackendProvider {
  /// Of an SDK that may have an FPGA.
  private static final int MOST_BACKENDS = 3;

  private static final int MOST_DEVICES = 8;

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
    // Each launch clears as many numbers per task as there may be events: 32,768 unless told
    // otherwise.
    System.getProperties().putIfAbsent("tornado.max.events", "256");
    // Graphs of more than 64 tasks do not fit into 4,096 bytes.
    System.getProperties().putIfAbsent("tornado.tvm.maxbytecodesize", "65536");
    device.config().ifPresent(file -> System.setProperty("tornado.fpga.conf.file", file));
    device
        .bitstream()
        .ifPresent(file -> System.setProperty("tornado.precompiled.binary", kernels(file)));
  }

  /// One bitstream for every task, on whatever device: none has its index yet.
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
        .flatMap(
            task ->
                IntStream.range(0, MOST_BACKENDS * MOST_DEVICES)
                    .mapToObj(
                        i ->
                            "%s,%s.device=%d:%d"
                                .formatted(bitstream, task, i / MOST_DEVICES, i % MOST_DEVICES)))
        .collect(Collectors.joining(","));
  }

  /// Why there is no device, in a sentence.
  static String reason(Throwable e) {
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
    if (cause instanceof UnsatisfiedLinkError || message.contains("JNI Library not found")) {
      return "TornadoVM's native library does not load ("
          + message
          + "); an SDK for PTX needs NVIDIA's driver (libcuda.so.1), one for CUDA NVRTC"
          + " (libnvrtc.so) as well, see docs/devices.md";
    }
    return "TornadoVM finds no device (" + message + "), see docs/devices.md";
  }
}
