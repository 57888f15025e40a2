package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.backend.Backend;
import twister.backend.DeviceException;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.data.Blocks;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.model.MlpShape;
import twister.spec.DeviceSpec;
import twister.spec.LearningRate;

/// Every kernel is compiled for a GPU that is not there: TornadoVM's virtual device, which needs a
/// process of its own and ends after the first launch.
class GpuCodeTest {
  private static final List<String> KERNELS =
      List.of(
          "trainRows",
          "sumRows",
          "trainTiles",
          "sumChunks",
          "updateContexts",
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

  @TempDir private Path folder;

  @Test
  void everyKernelCompilesForAGpu() throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Path sdk = Path.of(System.getenv("TORNADOVM_HOME"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dtornado.virtual.device=True");
    command.add("-Dtornado.device.desc=" + sdk.resolve("examples/virtual-device-GPU.json"));
    command.add("-Dtornado.printKernel=True");
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), GpuCodeTest.class.getName()));
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    for (String kernel : KERNELS) {
      assertTrue(text.contains("__kernel void " + kernel + "("), kernel + ", " + code + "\n" + text);
    }
  }

  /// Launches each kind of training once; a virtual device then has no results to give.
  public static void main(String[] arguments) {
    Examples examples = new Examples(new int[] {0, 1, 1}, new int[] {1, 0, 1}, 2, 27);
    MlpShape shape = new MlpShape(1, 2, 3, 27);
    Blocks blocks = new Blocks(examples.contexts(), examples.targets(), 1, 27);
    // Sets up TornadoVM.
    new TornadoBackendProvider().availability(DeviceSpec.auto());
    for (Kernels kernels : Kernels.values()) {
      Backend backend = new TornadoBackend(1L << 30, Optional.of(kernels));
      for (Problem problem :
          List.of(
              new Problem.OverCounts(NgramCounts.of(examples)),
              new Problem.OverExamples(examples),
              new Problem.OverBlocks(blocks, shape))) {
        RunConfig run =
            new RunConfig(new float[problem.parameters()], LearningRate.constant(1), 0);
        try (TrainingSession session =
            backend.open(backend.devices().getFirst(), problem, List.of(run))) {
          session.advance(1);
        } catch (DeviceException e) {
          System.out.println(e.getMessage());
        }
      }
    }
    System.exit(0);
  }
}
