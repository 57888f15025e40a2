package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.random.Multinomial;
import twister.yaml.InvalidInputException;

final class SpecReaderTest {
  private static final long SEED = 2147483647;
  private static final SamplesSpec SAMPLES =
      new SamplesSpec(
          20, Generator.TORCH_CPU, SEED, 100, Optional.of(Multinomial.MKL), Optional.empty());

  private ExperimentFile file;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    file = new ExperimentFile(folder);
  }

  @Test
  void fillsInTheDefaultsOfACountsModel() throws InvalidInputException {
    ExperimentSpec expected =
        new ExperimentSpec(
            "counts",
            "How good are counts?",
            new DataSpec("names.txt", Optional.empty(), 2),
            new ModelSpec.Counts(0),
            Optional.empty(),
            DeviceSpec.auto(),
            SAMPLES,
            ChartsSpec.of(List.of(ChartKind.BIGRAMS, ChartKind.BIGRAM_PROBABILITIES)),
            new ExpectSpec(new TreeMap<>(), 1e-6));
    assertEquals(expected, file.spec(ExperimentFile.COUNTS));
  }

  @Test
  void fillsInTheDefaultsOfASoftmaxModel() throws InvalidInputException {
    ExperimentSpec spec = file.spec(ExperimentFile.SOFTMAX);
    assertEquals(new ModelSpec.Softmax(new InitSpec(Generator.TORCH_CPU, SEED)), spec.model());
    assertEquals(
        Optional.of(new TrainingSpec(100, LearningRate.constant(50), 0, TrainingPath.COUNTS)),
        spec.training());
    assertEquals(
        List.of(ChartKind.LOSS, ChartKind.BIGRAMS, ChartKind.BIGRAM_PROBABILITIES),
        spec.charts().kinds());
  }

  @Test
  void leavesOutTheChartsThatAnOrderDoesNotHave() throws InvalidInputException {
    assertEquals(
        List.of(ChartKind.LOSS),
        file.spec(ExperimentFile.SOFTMAX, "data.order=3").charts().kinds());
    assertEquals(List.of(), file.spec(ExperimentFile.COUNTS, "data.order=1").charts().kinds());
  }

  @Test
  void readsEveryKey() throws Exception {
    Files.writeString(file.folder().resolve("a.aocx"), "kernels");
    Files.writeString(file.folder().resolve("b.conf"), "options");
    String hash = "0123456789ABCDEF".repeat(4);
    String text =
        """
        name: all_of.it-2
        question: |
          Two
          lines?
        data: {file: dir/names.txt, sha256: %s, order: 3}
        model: {kind: softmax, init: {generator: torch-cpu, seed: 4294967295}}
        training:
          steps: 30
          learning-rate: [{until: 1, rate: 100}, {until: 10, rate: 10}, {until: 30, rate: 0.1}]
          l2: 0.01
          path: examples
          accumulate-gradients: true
        samples: {count: 0, seed: 0x10, length-limit: 1, multinomial: search, every: 10, reseed: false}
        device: {kind: fpga, bitstream: a.aocx, config: b.conf}
        charts: []
        expect: {loss: {0: 3.758953809738159, 29: 2.5}, within: 1.0e-5}
        """
            .formatted(hash);
    LearningRate rate =
        new LearningRate.Phases(
            List.of(
                new LearningRate.Phase(1, 100),
                new LearningRate.Phase(10, 10),
                new LearningRate.Phase(30, 0.1)));
    ExperimentSpec expected =
        new ExperimentSpec(
            "all_of.it-2",
            "Two\nlines?\n",
            new DataSpec("dir/names.txt", Optional.of("0123456789abcdef".repeat(4)), 3),
            new ModelSpec.Softmax(new InitSpec(Generator.TORCH_CPU, 4_294_967_295L)),
            Optional.of(
                new TrainingSpec(
                    30,
                    rate,
                    0.01,
                    TrainingPath.EXAMPLES,
                    true,
                    0,
                    Optional.empty(),
                    CheckpointInterval.DEFAULT)),
            new DeviceSpec("fpga", Optional.of("a.aocx"), Optional.of("b.conf")),
            new SamplesSpec(
                0,
                Generator.TORCH_CPU,
                16,
                1,
                Optional.of(Multinomial.SEARCH),
                Optional.of(new SamplesSpec.Along(10, false))),
            ChartsSpec.of(List.of()),
            new ExpectSpec(new TreeMap<>(Map.of(0, 3.758953809738159, 29, 2.5)), 1e-5));
    assertEquals(expected, file.spec(text));
  }

  @Test
  void readsHowChartsLook() throws InvalidInputException {
    String text =
        ExperimentFile.SOFTMAX
            + """
            charts:
              style: {width: 85 mm, font-size: 8, font: DejaVu Serif, unit: bits, scale: sqrt,
                smooth: 9, log-x: true, log-y: true}
            """;
    ChartStyle style =
        new ChartStyle(
            Optional.of(new ChartLength(85, ChartLength.Unit.MM)),
            Optional.empty(),
            OptionalDouble.of(8),
            Optional.of("DejaVu Serif"),
            LossUnit.BITS,
            9,
            true,
            true,
            Optional.of(ColourScale.SQRT));
    ChartsSpec all = file.spec(ExperimentFile.SOFTMAX).charts();
    assertEquals(new ChartsSpec(all.kinds(), style), file.spec(text).charts());
    assertEquals(ChartSize.centimetres(8.5, 17.0 / 3, 8), style.size());
    assertEquals(
        ChartsSpec.of(List.of(ChartKind.LOSS)),
        file.spec(ExperimentFile.SOFTMAX + "charts: {kinds: [loss]}").charts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "1e2", "100.0", "100.", "+100", "0x64", "0o144"})
  void readsAWholeNumberInEverySpelling(String steps) throws InvalidInputException {
    ExperimentSpec spec = file.spec(ExperimentFile.SOFTMAX, "training.steps=" + steps);
    assertEquals(100, spec.training().orElseThrow().steps());
  }

  @Test
  void readsTheWordNoAsText() throws InvalidInputException {
    assertEquals("no", file.spec(ExperimentFile.COUNTS, "name=no").name());
  }

  @Test
  void readsAByteOrderMarkAndWindowsLines() throws InvalidInputException {
    String windows = "\uFEFF" + ExperimentFile.SOFTMAX.replace("\n", "\r\n");
    assertEquals(file.spec(ExperimentFile.SOFTMAX), file.spec(windows));
  }

  @Test
  void readsTheOtherGenerator() throws InvalidInputException {
    ExperimentSpec spec =
        file.spec(
            "samples: {generator: torch-cuda, seed: 0}\n"
                + ExperimentFile.SOFTMAX.replace(
                    "softmax}", "softmax, init: {generator: torch-cuda, seed: -1}}"));
    assertEquals(new ModelSpec.Softmax(new InitSpec(Generator.TORCH_CUDA, -1)), spec.model());
    assertEquals(
        new SamplesSpec(20, Generator.TORCH_CUDA, 0, 100, Optional.empty(), Optional.empty()),
        spec.samples());
  }

  @Test
  void readsAnAliasAsTheValueItNames() throws InvalidInputException {
    ExperimentSpec spec =
        file.spec(
            "samples: &drawn {seed: 5}\n"
                + ExperimentFile.SOFTMAX.replace("softmax}", "softmax, init: *drawn}"));
    assertEquals(5, spec.samples().seed());
    assertEquals(new ModelSpec.Softmax(new InitSpec(Generator.TORCH_CPU, 5)), spec.model());
  }

  @Test
  void lastsTheLastPhaseToTheEnd() throws InvalidInputException {
    String schedule = "training.learning-rate=[{until: 99, rate: 2}, {rate: 1}]";
    ExperimentSpec spec = file.spec(ExperimentFile.SOFTMAX, schedule);
    LearningRate rate = spec.training().orElseThrow().learningRate();
    assertEquals(2, rate.rate(98));
    assertEquals(1, rate.rate(99));
    assertEquals(1, rate.rate(1_000_000));
  }

  @Test
  void readsARangeTestAndDrawsItsChart() throws InvalidInputException {
    ExperimentSpec spec =
        file.spec(ExperimentFile.SOFTMAX, "training.learning-rate={range-test: {log: [1e-3, 1]}}");
    assertEquals(
        new LearningRate.RangeTest(Spacing.LOG, 0.001, 1, 100),
        spec.training().orElseThrow().learningRate());
    assertEquals(List.of(ChartKind.values()), spec.charts().kinds());
  }
}
