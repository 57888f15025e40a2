package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.backend.Backend;
import twister.backend.BackendProvider.Availability;
import twister.backend.Device;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.backend.cpu.CpuBackend;
import twister.data.Blocks;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.model.MlpShape;
import twister.spec.DeviceSpec;
import twister.spec.LearningRate;

/// Kernels that were compiled before train on an FPGA that is not there: a library in front of
/// OpenCL's has PoCL's processor say that it is Intel's emulator of one.
class FpgaStandInTest {
  private static final Pattern KERNEL =
      Pattern.compile(
          "^__kernel void (\\w+)\\(.*?^\\}  //  kernel$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final int STEPS = 5;

  @TempDir private Path folder;

  @Test
  void bothPathsOfNgramsAndAPerceptronTrainByKernelsCompiledBefore() throws Exception {
    Path shim = StandIn.library(folder);
    Path compiler = StandIn.compiler(folder);

    String plain = train(Map.of(), "-Dtornado.printKernel=True");
    Path kernels = Files.writeString(folder.resolve("kernels.cl"), kernels(plain));
    Path bitstream = folder.resolve("kernels.aocx");
    assertEquals(
        0,
        start(List.of(compiler.toString(), kernels.toString(), bitstream.toString()), Map.of()),
        () -> output());
    String fpga =
        train(Map.of("LD_PRELOAD", shim.toString(), "SHIM_FPGA", "1"), "-Dbitstream=" + bitstream);

    assertTrue(fpga.contains("FPGA\n"), fpga);
    List<String> losses = losses(fpga);
    List<Double> expected = trainOn(new CpuBackend());
    assertEquals(expected.size(), losses.size(), fpga);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), Double.parseDouble(losses.get(i)), 1e-5 * expected.get(i));
    }
  }

  /// @return the exit code
  private int start(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().putAll(variables);
    return builder.start().waitFor();
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// Trains in a process of its own, and gives what that printed.
  private String train(Map<String, String> variables, String option)
      throws IOException, InterruptedException {
    int code = start(StandIn.java(List.of(option), FpgaStandInTest.class), variables);
    assertEquals(0, code, () -> output());
    return output();
  }

  /// The kernels that TornadoVM printed, each once.
  private static String kernels(String output) {
    return KERNEL
        .matcher(output)
        .results()
        .collect(
            Collectors.toMap(
                kernel -> kernel.group(1), kernel -> kernel.group(), (first, _) -> first))
        .values()
        .stream()
        .collect(Collectors.joining("\n", "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n", "\n"));
  }

  private static List<String> losses(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("loss "))
        .map(line -> line.substring("loss ".length()))
        .toList();
  }

  private static List<Problem> problems() {
    Random random = new Random(9);
    Examples examples =
        new Examples(random.ints(300, 0, 9).toArray(), random.ints(300, 0, 9).toArray(), 9, 9);
    return List.of(
        new Problem.OverCounts(NgramCounts.of(examples)),
        new Problem.OverExamples(examples),
        new Problem.OverBlocks(
            new Blocks(examples.contexts(), examples.targets(), 1, 9), new MlpShape(1, 2, 3, 9)));
  }

  private static List<Double> trainOn(Backend backend) {
    List<Double> losses = new ArrayList<>();
    for (Problem problem : problems()) {
      Random random = new Random(3);
      float[] weights = new float[problem.parameters()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextGaussian();
      }
      RunConfig run = new RunConfig(weights, LearningRate.constant(0.5), 0.01);
      try (TrainingSession session =
          backend.open(backend.devices().getFirst(), problem, List.of(run))) {
        for (int step = 0; step < STEPS; step++) {
          losses.add(session.advance(1).loss(0, 0));
        }
      }
    }
    return losses;
  }

  /// Trains on the first device there is, with the kernels that the property `bitstream` names.
  public static void main(String[] arguments) {
    DeviceSpec wanted =
        new DeviceSpec(
            DeviceSpec.FPGA,
            Optional.ofNullable(System.getProperty("bitstream")),
            Optional.empty());
    Backend backend =
        ((Availability.Ready) new TornadoBackendProvider().availability(wanted)).backend();
    Device device = backend.devices().getFirst();
    System.out.println(device.kind());
    trainOn(backend).forEach(loss -> System.out.println("loss " + loss));
    System.exit(0);
  }
}
