package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.backend.Backend;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.Problem;
import twister.backend.RandomProblems;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.data.Blocks;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.model.MlpShape;
import twister.spec.DeviceSpec;

/// Every kernel is compiled for a GPU that is not there, in a process of its own: by TornadoVM's
/// virtual device, which ends after the first launch, or by the stand-in for NVIDIA's driver, which
/// keeps the machine code.
class GpuCodeTest {
  private static final Device DEVICE = TestDevices.BACKEND.devices().getFirst();
  private static final int SYMBOLS = 27;

  private static final List<String> KERNELS =
      List.of(
          "trainRows",
          "sumRows",
          "trainTiles",
          "sumChunks",
          "oneHotLogits",
          "softmax",
          "negativeLogLikelihood",
          "gradient",
          "updateWeights",
          "embed",
          "hiddenUnits",
          "logits",
          "softmaxLoss",
          "sumLosses",
          "unitGradient",
          "inputGradient",
          "partialGradient",
          "updateParameters");

  /// Through CUDA and PTX only.
  private static final List<String> GROUP_KERNELS = List.of("trainBatches", "evaluateRuns");

  @TempDir private Path folder;

  @Test
  void everyKernelCompilesForAGpu() throws IOException, InterruptedException {
    assumeTrue(DEVICE.backend().equals("opencl"), "TornadoVM's virtual device is one of OpenCL");
    Path sdk = Path.of(System.getenv("TORNADOVM_HOME"));
    String text =
        output(
            List.of(
                "-Dtornado.virtual.device=True",
                "-Dtornado.device.desc=" + sdk.resolve("examples/virtual-device-GPU.json"),
                "-Dtornado.printKernel=True"),
            folder);
    for (String kernel : KERNELS) {
      assertTrue(text.contains("__kernel void " + kernel + "("), kernel + "\n" + text);
    }
  }

  /// For sm_90, by ptxas. What it says is kept beside the calls of the stand-in.
  @Test
  void everyKernelKeepsItsArraysInRegisters() throws IOException, InterruptedException {
    Path kept = GpuStandIn.folder().resolve("kernels.txt");
    assumeTrue(System.getenv("STANDIN_PTXAS") != null, "STANDIN_PTXAS does not name ptxas");
    String text = output(List.of(), folder);
    List<Compiled> compiled = compiled();
    Files.write(kept, compiled.stream().map(Compiled::toString).toList());
    for (String kernel : Stream.concat(KERNELS.stream(), GROUP_KERNELS.stream()).toList()) {
      assertTrue(
          compiled.stream().anyMatch(code -> code.kernel().equals(kernel)), kernel + "\n" + text);
    }
    assertEquals(
        List.of(), compiled.stream().filter(code -> code.stack() + code.spills() > 0).toList());
  }

  /// What ptxas says of a kernel.
  ///
  /// @param registers of a thread
  /// @param stack of a thread, in bytes
  /// @param spills of a thread, in bytes
  /// @param shared of a group, in bytes
  private record Compiled(String kernel, int registers, int stack, int spills, int shared) {
    private static final Pattern SAID =
        Pattern.compile(
            "Compiling entry function '(\\w+)'.*?(\\d+) bytes stack frame, (\\d+) bytes spill"
                + " stores.*?Used (\\d+) registers(?:[^\\n"
                + "]*?, (\\d+) bytes smem)?",
            Pattern.DOTALL);

    static Compiled of(String log) {
      Matcher said = SAID.matcher(log);
      assertTrue(said.find(), log);
      return new Compiled(
          name(said.group(1)),
          Integer.parseInt(said.group(4)),
          Integer.parseInt(said.group(2)),
          Integer.parseInt(said.group(3)),
          said.group(5) == null ? 0 : Integer.parseInt(said.group(5)));
    }

    /// Through PTX, a kernel's name is one among others, in small letters.
    private static String name(String entry) {
      List<String> words = List.of(entry.toLowerCase(Locale.ROOT).split("_"));
      return Stream.concat(KERNELS.stream(), GROUP_KERNELS.stream())
          .filter(kernel -> words.contains(kernel.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElse(entry);
    }

    @Override
    public String toString() {
      return "%s: %d registers, %d bytes of stack, %d of spills, %d of shared memory"
          .formatted(kernel, registers, stack, spills, shared);
    }
  }

  private List<Compiled> compiled() throws IOException {
    List<Compiled> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith(".ptx.log")).sorted().toList()) {
        all.add(Compiled.of(Files.readString(file, StandardCharsets.UTF_8)));
      }
    }
    return all;
  }

  /// What a process prints that launches every kernel.
  ///
  /// @param code where a stand-in keeps it
  private String output(List<String> options, Path code) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(StandIn.java(options, GpuCodeTest.class))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // Nothing is computed, only compiled.
    builder.environment().remove("STANDIN_EMULATOR");
    builder.environment().put("STANDIN_DIR", code.toString());
    int exit = builder.start().waitFor();
    return Files.readString(output, StandardCharsets.UTF_8) + "exit code " + exit;
  }

  /// Launches each kind of training once; there are no results then.
  public static void main(String[] arguments) {
    Random random = new Random(1);
    Examples examples = RandomProblems.examples(random, SYMBOLS, SYMBOLS, 100);
    // Sets up TornadoVM.
    new TornadoBackendProvider().availability(DeviceSpec.auto());
    for (Kernels kernels : Kernels.values()) {
      Backend backend = new TornadoBackend(1L << 30, Optional.of(kernels));
      List<RunConfig> runs = RandomProblems.runs(random, 1, SYMBOLS * SYMBOLS);
      train(backend, new Problem.OverCounts(NgramCounts.of(examples)), runs);
      train(backend, new Problem.OverCounts(NgramCounts.of(examples), true), runs);
      train(backend, new Problem.OverExamples(examples), runs);
      for (MlpShape shape :
          List.of(new MlpShape(3, 2, 100, SYMBOLS), new MlpShape(3, 10, 200, SYMBOLS))) {
        Blocks blocks = RandomProblems.blocks(random, shape, 100);
        train(
            backend,
            new Problem.OverBlocks(blocks, shape, 32),
            RandomProblems.mlpRuns(random, 1, shape));
      }
    }
    System.exit(0);
  }

  private static void train(Backend backend, Problem problem, List<RunConfig> runs) {
    try (TrainingSession session = backend.open(backend.devices().getFirst(), problem, runs)) {
      for (Runnable launch : List.<Runnable>of(() -> session.advance(1), session::evaluate)) {
        try {
          launch.run();
        } catch (DeviceException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
