package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.random.Multinomial;
import twister.yaml.InvalidInputException;

@Tag("processor")
final class SpecWriterTest {
  private static final List<String> NAMES =
      List.of("no", "true", "null", "0x10", "1e3", "5", "-", "a.b", "_", "a-b");

  private ExperimentFile file;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    file = new ExperimentFile(folder);
  }

  @Test
  void writesEveryDefaultOut() throws InvalidInputException {
    assertEquals(
        """
        name: bigram
        question: How good is training?
        data:
          file: names.txt
          order: 2
        model:
          kind: softmax
          init:
            generator: torch-cpu
            seed: 2147483647
        training:
          steps: 100
          learning-rate: 50.0
          l2: 0.0
          path: counts
          accumulate-gradients: false
        samples:
          count: 20
          generator: torch-cpu
          seed: 2147483647
          length-limit: 100
          multinomial: mkl
        device: auto
        charts: [loss, bigrams, bigram-probabilities]
        """,
        SpecWriter.yaml(file.spec(ExperimentFile.SOFTMAX)));
  }

  @Test
  void writesAScheduleWithALineForEachPhase() throws InvalidInputException {
    String settings =
        SpecWriter.settings(
                file.spec(
                    ExperimentFile.SOFTMAX,
                    "training.learning-rate=[{until: 5, rate: 1}, {until: 100, rate: 0.1}]"))
            .yaml();
    assertEquals(
        """
        data:
          order: 2
        model:
          kind: softmax
          init:
            generator: torch-cpu
            seed: 2147483647
        training:
          steps: 100
          learning-rate:
          - {until: 5, rate: 1.0}
          - {rate: 0.1}
          l2: 0.0
          path: counts
          accumulate-gradients: false
        """,
        settings);
  }

  @Test
  void writesARangeTestAsItIsGiven() throws InvalidInputException {
    String yaml =
        SpecWriter.yaml(
            file.spec(
                ExperimentFile.SOFTMAX,
                "training.learning-rate={range-test: {linear: [1e-3, 1]}}"));
    assertEquals(
        """
          learning-rate:
            range-test:
              linear: [0.001, 1.0]
          l2: 0.0
        """,
        yaml.substring(yaml.indexOf("  learning-rate"), yaml.indexOf("  path")));
  }

  @Test
  void leavesTheRuleOfTheOtherGeneratorOut() throws InvalidInputException {
    String text = ExperimentFile.COUNTS + "samples: {generator: torch-cuda, seed: 0}";
    assertEquals(
        """
        data:
          order: 2
        model:
          kind: counts
          smoothing: 0.0
        samples:
          count: 20
          generator: torch-cuda
          seed: 0
          length-limit: 100
        """,
        SpecWriter.formerSettings(file.spec(text)));
    assertEquals(file.spec(text), file.spec(SpecWriter.yaml(file.spec(text))));
  }

  @Test
  void settlesOnWhatDecidesTheNumbers() throws InvalidInputException {
    String settings = settings();
    assertEquals(
        settings,
        settings(
            "name=x",
            "question=y",
            "data.file=z",
            "charts={kinds: [], style: {width: 8.5cm, unit: bits}}",
            "samples={count: 3, seed: 1, every: 5}",
            "expect={loss: {0: 3.3}, within: 1}",
            "training.learning-rate=[{until: 200, rate: 5e1}]"));
    for (String change : List.of("data.order=3", "training.l2=1e-9", "model.init.seed=1")) {
      assertNotEquals(settings, settings(change));
    }
  }

  private String settings(String... overrides) throws InvalidInputException {
    return SpecWriter.settings(file.spec(ExperimentFile.SOFTMAX, overrides)).yaml();
  }

  @Test
  void isReadBackAsTheSameExperiment() throws InvalidInputException, IOException {
    for (String name : NAMES) {
      Files.writeString(file.folder().resolve(name), "a file of an FPGA");
    }
    Random random = new Random(20251122);
    for (int i = 0; i < 500; i++) {
      ExperimentSpec spec = spec(random);
      String yaml = SpecWriter.yaml(spec);
      assertEquals(spec, file.spec(yaml), yaml);
      assertEquals(yaml, SpecWriter.yaml(file.spec(yaml)));
    }
  }

  @Test
  void quotesLinesThatTheLibraryWouldMisread() throws InvalidInputException {
    ExperimentSpec spec = file.spec(ExperimentFile.SOFTMAX, "question=\"b:\\n0}\"");
    assertEquals("b:\n0}", spec.question());
    assertEquals(spec, file.spec(SpecWriter.yaml(spec)));
  }

  private static ExperimentSpec spec(Random random) {
    boolean trained = random.nextBoolean();
    boolean isMlp = trained && random.nextBoolean();
    int order = (isMlp ? 2 : 1) + random.nextInt(DataSpec.MOST_ORDER - 1);
    boolean isRangeTest = trained && random.nextInt(3) == 0;
    int most = isRangeTest ? LearningRate.RangeTest.MOST_STEPS : SpecDecoder.MOST_STEPS;
    int steps = 1 + random.nextInt(trained ? most : 1);
    LearningRate rate = isRangeTest ? rangeTest(random, steps) : phases(random);
    CorpusFormat format = format(random);
    Optional<SplitSpec> split = split(random, format);
    boolean hasDev = split.map(SplitSpec::dev).orElse(0.0) > 0;
    return new ExperimentSpec(
        name(random),
        text(random, "\n\t"),
        new DataSpec(
            text(random, ""),
            hash(random),
            random.nextBoolean() && !format.isText()
                ? Optional.of(1 + random.nextInt(1000))
                : Optional.empty(),
            split,
            format,
            order),
        isMlp ? mlp(random, order - 1) : model(random, trained),
        trained
            ? Optional.of(
                isMlp
                    ? inBatches(random, training(random, steps, rate, hasDev))
                    : training(random, steps, rate, hasDev))
            : Optional.empty(),
        device(random, trained),
        samples(random, trained),
        new ChartsSpec(charts(random, trained, isRangeTest, isMlp ? 0 : order), style(random)),
        expect(losses(random, steps), random));
  }

  private static ChartStyle style(Random random) {
    if (random.nextBoolean()) {
      return ChartStyle.DEFAULT;
    }
    boolean isOfPixels = random.nextBoolean();
    LossUnit[] units = LossUnit.values();
    ColourScale[] scales = ColourScale.values();
    return new ChartStyle(
        optional(random, length(random, isOfPixels)),
        optional(random, length(random, isOfPixels)),
        random.nextBoolean() ? OptionalDouble.of(5 + random.nextDouble()) : OptionalDouble.empty(),
        optional(random, text(random, "")).filter(name -> !name.isBlank()),
        units[random.nextInt(units.length)],
        1 + random.nextInt(9),
        random.nextBoolean(),
        random.nextBoolean(),
        optional(random, scales[random.nextInt(scales.length)]));
  }

  private static <T> Optional<T> optional(Random random, T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private static ChartLength length(Random random, boolean isOfPixels) {
    return isOfPixels
        ? new ChartLength(1000 + random.nextInt(500), ChartLength.Unit.PX)
        : new ChartLength(20 + 10 * random.nextDouble(), ChartLength.Unit.CM);
  }

  private static CorpusFormat format(Random random) {
    List<Optional<TableColumn>> columns =
        List.of(
            Optional.empty(),
            Optional.of(new TableColumn.Named(NAMES.get(random.nextInt(NAMES.size())))),
            Optional.of(new TableColumn.Numbered(1 + random.nextInt(99))));
    return random.nextInt(3) == 0
        ? new CorpusFormat.Text(form(random))
        : new CorpusFormat.Words(
            columns.get(random.nextInt(columns.size())),
            "..#5'\"é日😀|~".codePoints().skip(random.nextInt(10)).findFirst().orElseThrow(),
            form(random));
  }

  private static WordForm form(Random random) {
    WordForm.Normalisation[] all = WordForm.Normalisation.values();
    return new WordForm(all[random.nextInt(all.length)], random.nextBoolean());
  }

  private static ModelSpec model(Random random, boolean trained) {
    return trained
        ? new ModelSpec.Softmax(init(random))
        : new ModelSpec.Counts(Math.min(number(random), ModelSpec.Counts.MOST_SMOOTHING));
  }

  private static ModelSpec mlp(Random random, int blockSize) {
    int embedding = 1 + random.nextInt(99);
    return new ModelSpec.Mlp(blockSize, embedding, 1 + random.nextInt(999), init(random));
  }

  private static InitSpec init(Random random) {
    Generator generator = generator(random);
    return new InitSpec(generator, seed(random, generator));
  }

  private static long seed(Random random, Generator generator) {
    return generator == Generator.TORCH_CPU ? random.nextLong() >>> 32 : random.nextLong();
  }

  private static TrainingSpec inBatches(Random random, TrainingSpec training) {
    return new TrainingSpec(
        training.steps(),
        training.learningRate(),
        training.l2(),
        TrainingPath.COUNTS,
        false,
        random.nextInt(100),
        training.stop(),
        training.checkpoint());
  }

  private static Optional<SplitSpec> split(Random random, CorpusFormat format) {
    double train = 1 - random.nextDouble();
    double dev = random.nextDouble() * (1 - train);
    SplitSpec split =
        format.isText()
            ? new SplitSpec(train, dev, SpecDecoder.DEFAULT_SEED, true)
            : new SplitSpec(train, dev, random.nextLong(), random.nextBoolean());
    return Optional.of(split).filter(some -> random.nextBoolean());
  }

  /// A distance from no losses at all is not written.
  private static ExpectSpec expect(SortedMap<Integer, Double> losses, Random random) {
    return new ExpectSpec(losses, losses.isEmpty() ? 1e-6 : number(random));
  }

  private static DeviceSpec device(Random random, boolean trained) {
    List<String> choices = trained ? List.of("auto", "cpu", "gpu", "fpga", "0:1") : List.of("cpu");
    String choice = choices.get(random.nextInt(choices.size()));
    return choice.equals("fpga")
        ? new DeviceSpec(choice, optionalFile(random), optionalFile(random))
        : new DeviceSpec(choice, Optional.empty(), Optional.empty());
  }

  private static Optional<String> optionalFile(Random random) {
    return random.nextBoolean() ? Optional.of(name(random)) : Optional.empty();
  }

  private static String name(Random random) {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private static String text(Random random, String more) {
    String letters = "ab :#-?[]{},&*!|>'\"%@`~=\\ <0.eé😀\u00A0\u2028\uFEFF\u200B\uFFFE" + more;
    int[] characters = letters.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 12);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString().isBlank() ? "?" : text.toString();
  }

  private static Optional<String> hash(Random random) {
    List<String> hashes =
        List.of("0".repeat(64), "1e" + "2".repeat(62), "0123456789abcdef".repeat(4));
    return Optional.of(hashes.get(random.nextInt(3))).filter(hash -> random.nextBoolean());
  }

  private static TrainingSpec training(
      Random random, int steps, LearningRate rate, boolean hasDev) {
    TrainingPath path = random.nextBoolean() ? TrainingPath.COUNTS : TrainingPath.EXAMPLES;
    Optional<StopSpec> stop =
        rate instanceof LearningRate.RangeTest ? Optional.empty() : stop(random, hasDev);
    List<CheckpointInterval> intervals =
        List.of(CheckpointInterval.DEFAULT, CheckpointInterval.NONE, new CheckpointInterval(0.05));
    return new TrainingSpec(
        steps,
        rate,
        number(random),
        path,
        random.nextBoolean(),
        0,
        stop,
        intervals.get(random.nextInt(intervals.size())));
  }

  private static Optional<StopSpec> stop(Random random, boolean hasDev) {
    StopSpec.Loss loss = hasDev && random.nextBoolean() ? StopSpec.Loss.DEV : StopSpec.Loss.TRAIN;
    OptionalDouble target =
        random.nextBoolean() ? OptionalDouble.of(1 - random.nextDouble()) : OptionalDouble.empty();
    OptionalInt patience =
        random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(99)) : OptionalInt.empty();
    return target.isEmpty() && patience.isEmpty()
        ? Optional.empty()
        : Optional.of(new StopSpec(loss, target, patience, 1 + random.nextInt(99)));
  }

  private static LearningRate phases(Random random) {
    List<LearningRate.Phase> phases = new ArrayList<>();
    int until = 0;
    for (int i = random.nextInt(4); i >= 0; i--) {
      until += 1 + random.nextInt(1000);
      phases.add(new LearningRate.Phase(until, Math.max(number(random), Double.MIN_VALUE)));
    }
    return new LearningRate.Phases(phases);
  }

  private static LearningRate rangeTest(Random random, int steps) {
    Spacing spread = random.nextBoolean() ? Spacing.LOG : Spacing.LINEAR;
    double first = Math.clamp(number(random), Double.MIN_VALUE, 1e300);
    double last = Math.max(number(random), Math.nextUp(first));
    return new LearningRate.RangeTest(spread, first, last, steps);
  }

  private static SamplesSpec samples(Random random, boolean trained) {
    Generator generator = generator(random);
    Multinomial multinomial = random.nextBoolean() ? Multinomial.MKL : Multinomial.SEARCH;
    return new SamplesSpec(
        random.nextInt(1_000_001),
        generator,
        seed(random, generator),
        1 + random.nextInt(10_000),
        Optional.of(multinomial).filter(rule -> generator == Generator.TORCH_CPU),
        trained && random.nextBoolean()
            ? Optional.of(new SamplesSpec.Along(1 + random.nextInt(100), random.nextBoolean()))
            : Optional.empty());
  }

  private static Generator generator(Random random) {
    return random.nextBoolean() ? Generator.TORCH_CPU : Generator.TORCH_CUDA;
  }

  private static List<ChartKind> charts(
      Random random, boolean trained, boolean isRangeTest, int order) {
    List<ChartKind> charts = new ArrayList<>(List.of(ChartKind.values()));
    Collections.shuffle(charts, random);
    charts.removeIf(
        chart ->
            switch (chart) {
              case LOSS -> !trained;
              case LEARNING_RATE_RANGE -> !isRangeTest;
              case BIGRAMS, BIGRAM_PROBABILITIES -> order != DataSpec.BIGRAMS;
            });
    return charts.subList(0, random.nextInt(charts.size() + 1));
  }

  private static SortedMap<Integer, Double> losses(Random random, int steps) {
    SortedMap<Integer, Double> losses = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      losses.put(random.nextInt(steps), number(random));
    }
    return losses;
  }

  /// A finite number from 0 of any size, often a special one.
  private static double number(Random random) {
    double[] special = {0, 1, 0.1, 1e-6, Double.MIN_VALUE, Double.MAX_VALUE, 1e23, 123456789};
    double any = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
    return random.nextBoolean() || !Double.isFinite(any)
        ? special[random.nextInt(special.length)]
        : any;
  }

  @Test
  void experimentWithoutNameAndQuestionHasThatOfItsFile() throws InvalidInputException {
    ExperimentSpec spec = file.spec("data: {file: names.txt}\nmodel: {kind: counts}\ncharts: []\n");
    assertEquals("x", spec.name());
    assertEquals("x", spec.title());
    assertEquals(spec, file.spec(SpecWriter.yaml(spec)));
    assertEquals("x: Why?", file.spec(SpecWriter.yaml(spec), "question=Why?").title());
  }
}
