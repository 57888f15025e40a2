package twister.spec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import twister.random.Multinomial;

/// Reads an experiment from the values of its file and reports every mistake on the way.
final class SpecDecoder {
  /// The longest training.
  static final int MOST_STEPS = 1_000_000_000;

  private static final long DEFAULT_SEED = 2_147_483_647;
  private static final TextRule NAME =
      TextRule.matching(
          "at most 64 of a-z, A-Z, 0-9 and - _ . without a dot in front or two in a row",
          ExperimentSpec.NAME);
  private static final TextRule QUESTION =
      TextRule.visible("the question as text, without control characters", "\n\t");
  /// The path of a file.
  static final TextRule FILE =
      TextRule.visible("the path of a file, without control characters", "");
  private static final TextRule SHA256 =
      TextRule.matching("64 hexadecimal digits", Pattern.compile("[0-9a-fA-F]{64}"));
  private static final ChoiceRule<ModelKind> MODEL_KIND = ChoiceRule.of(ModelKind.class);
  private static final ChoiceRule<TrainingPath> PATH = ChoiceRule.of(TrainingPath.class);
  private static final ChoiceRule<Generator> GENERATOR = ChoiceRule.of(Generator.class);
  private static final ChoiceRule<Multinomial> MULTINOMIAL = ChoiceRule.of(Multinomial.class);
  private static final WholeRule SEED = new WholeRule(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final WholeRule ORDER = new WholeRule(1, DataSpec.MOST_ORDER);
  private static final WholeRule WORDS = new WholeRule(1, Integer.MAX_VALUE);
  private static final String SPLIT_EXAMPLE = "{train: 0.8, dev: 0.1, test: 0.1}";
  private static final NumberRule PART =
      new NumberRule("a number from 0 to 1", value -> value >= 0 && value <= 1);
  private static final WholeRule BLOCK_SIZE = new WholeRule(1, DataSpec.MOST_ORDER - 1);
  private static final WholeRule UNITS = new WholeRule(1, 100_000);
  private static final WholeRule BATCH = new WholeRule(1, 1_000_000);
  private static final ChoiceRule<Generator> BATCHES =
      new ChoiceRule<>(List.of(Generator.TORCH_CPU));
  private static final WholeRule STEPS = new WholeRule(1, MOST_STEPS);
  private static final WholeRule SAMPLE_COUNT = new WholeRule(0, 1_000_000);
  private static final WholeRule LENGTH_LIMIT = new WholeRule(1, 10_000);

  private final Section top;
  private final Mistakes mistakes;

  private SpecDecoder(YamlValue.Mapping document, Mistakes mistakes) {
    this.top = Section.top(document, mistakes);
    this.mistakes = mistakes;
  }

  /// The experiment that a document describes.
  ///
  /// @param mistakes those found before, which are reported too
  static ExperimentSpec experiment(YamlValue.Mapping document, Mistakes mistakes)
      throws InvalidInputException {
    return new SpecDecoder(document, mistakes).experiment();
  }

  private ExperimentSpec experiment() throws InvalidInputException {
    Optional<String> name = top.required("name", NAME);
    Optional<String> question = top.required("question", QUESTION);
    Optional<Section> dataSection = top.requiredSection("data", "{file: names.txt}");
    Optional<OrderChoice> order = dataSection.map(SpecDecoder::order);
    Optional<DataSpec> words = dataSection.flatMap(section -> data(section, order.orElseThrow()));
    Optional<Section> modelSection = top.requiredSection("model", "{kind: softmax}");
    Optional<ModelChoice> choice = modelSection.flatMap(SpecDecoder::modelChoice);
    Optional<ModelSpec> model = modelSection.flatMap(section -> model(section, choice));
    Optional<DataSpec> data = words.map(spec -> withOrderOf(model, spec));
    if (isMlp(choice)) {
      dataSection.ifPresent(section -> refuseForMlp(section, "order", choice));
    }
    Optional<Section> trainingSection = trainingSection(choice);
    Optional<Integer> steps = trainingSection.flatMap(SpecDecoder::steps);
    Optional<TrainingSpec> training =
        trainingSection.flatMap(section -> training(section, steps, choice));
    DeviceSpec device = new DeviceDecoder(top, choice).device();
    SamplesSpec samples = samples(top.optionalSection("samples", "{count: 20}"), choice);
    var charts = new ChartsDecoder(top, choice, order).charts();
    ExpectSpec expect =
        new ExpectDecoder(top, choice, losses(choice, trainingSection, steps))
            .expect(data.map(DataSpec::order).orElse(DataSpec.BIGRAMS));
    top.end();
    mistakes.throwIfAny();
    return new ExperimentSpec(
        name.orElseThrow(),
        question.orElseThrow(),
        data.orElseThrow(),
        model.orElseThrow(),
        training,
        device,
        samples,
        charts,
        expect);
  }

  private static boolean isMlp(Optional<ModelChoice> choice) {
    return choice.isPresent() && choice.get().kind() == ModelKind.MLP;
  }

  /// A perceptron's blocks are the contexts of n-grams one symbol longer.
  private static DataSpec withOrderOf(Optional<ModelSpec> model, DataSpec data) {
    return model.isPresent() && model.get() instanceof ModelSpec.Mlp mlp
        ? data.withOrder(mlp.blockSize() + 1)
        : data;
  }

  private static void refuseForMlp(Section section, String key, Optional<ModelChoice> choice) {
    section
        .value(key)
        .ifPresent(
            found ->
                found.refuse(
                    "nothing (a perceptron has none)"
                        + choice.orElseThrow().cause().because(found.path())));
  }

  private static OrderChoice order(Section data) {
    long order = data.optional("order", ORDER, (long) DataSpec.BIGRAMS);
    return new OrderChoice(Math.toIntExact(order), data.place("order"));
  }

  private static Optional<DataSpec> data(Section section, OrderChoice order) {
    Optional<String> file = section.required("file", FILE);
    Optional<String> sha256 = section.value("sha256").flatMap(found -> found.as(SHA256));
    Optional<Long> words = section.value("words").flatMap(found -> found.as(WORDS));
    Optional<SplitSpec> split =
        section
            .value("split")
            .flatMap(found -> section.sectionOf(found, SPLIT_EXAMPLE).flatMap(SpecDecoder::split));
    section.end();
    return file.map(
        path ->
            new DataSpec(
                path,
                sha256.map(hex -> hex.toLowerCase(Locale.ROOT)),
                words.map(Math::toIntExact),
                split,
                order.order()));
  }

  private static Optional<SplitSpec> split(Section section) {
    double train = section.optional("train", PART, 0.8);
    double dev = section.optional("dev", PART, Math.min(0.1, 1 - train));
    double test = section.optional("test", PART, Math.max(0, 1 - train - dev));
    long seed = section.optional("seed", SEED, DEFAULT_SEED);
    boolean together = section.optional("keep-duplicates-together", new TruthRule(), true);
    section.end();
    if (train == 0 || Math.abs(train + dev + test - 1) > SplitSpec.ROUNDING) {
      section.refuse(
          "found train %s, dev %s, test %s, allowed: parts that add up to 1, train above 0"
              .formatted(train, dev, test));
      return Optional.empty();
    }
    return Optional.of(new SplitSpec(train, dev, seed, together));
  }

  private static Optional<ModelChoice> modelChoice(Section section) {
    return section
        .required("kind", MODEL_KIND)
        .map(kind -> new ModelChoice(kind, section.place("kind")));
  }

  /// Where no kind is chosen, the keys of every kind are known, and none of them is read.
  private static Optional<ModelSpec> model(Section section, Optional<ModelChoice> choice) {
    Optional<ModelSpec> model =
        choice.map(
            chosen ->
                switch (chosen.kind()) {
                  case COUNTS ->
                      new ModelSpec.Counts(
                          section.optional("smoothing", NumberRule.FROM_ZERO, 0.0));
                  case SOFTMAX -> new ModelSpec.Softmax(init(section));
                  case MLP -> mlp(section);
                });
    if (choice.isEmpty()) {
      section.value("smoothing");
      section.value("block-size");
      section.value("embedding");
      section.value("hidden");
      section.value("init");
    }
    section.end();
    return model;
  }

  private static ModelSpec mlp(Section section) {
    return new ModelSpec.Mlp(
        Math.toIntExact(section.optional("block-size", BLOCK_SIZE, 3L)),
        Math.toIntExact(section.optional("embedding", UNITS, 10L)),
        Math.toIntExact(section.optional("hidden", UNITS, 200L)),
        init(section));
  }

  private static InitSpec init(Section section) {
    Section init = section.optionalSection("init", "{seed: " + DEFAULT_SEED + "}");
    InitSpec spec =
        new InitSpec(
            init.optional("generator", GENERATOR, Generator.TORCH_CPU),
            init.optional("seed", SEED, DEFAULT_SEED));
    init.end();
    return spec;
  }

  private Optional<Section> trainingSection(Optional<ModelChoice> choice) {
    Optional<Found> found = top.value("training");
    if (choice.isPresent() && choice.get().kind() == ModelKind.COUNTS) {
      found.ifPresent(
          training ->
              mistakes.add(
                  top.place("training"),
                  "training: found "
                      + training.value().description()
                      + ", allowed: nothing (counts need no training)"
                      + choice.get().cause().because("training")));
      return Optional.empty();
    }
    return found.isPresent() || choice.isPresent()
        ? top.requiredSection("training", "{steps: 100, learning-rate: 50}")
        : Optional.empty();
  }

  private static Optional<Integer> steps(Section training) {
    return training.required("steps", STEPS).map(Math::toIntExact);
  }

  private static Optional<TrainingSpec> training(
      Section section, Optional<Integer> steps, Optional<ModelChoice> choice) {
    Optional<LearningRate> rate = new LearningRateDecoder(section, steps).learningRate();
    double l2 = section.optional("l2", NumberRule.FROM_ZERO, 0.0);
    TrainingPath path = section.optional("path", PATH, TrainingPath.COUNTS);
    boolean accumulates = section.optional("accumulate-gradients", new TruthRule(), false);
    long batch = section.optional("batch", BATCH, 0L);
    section.optional("batches", BATCHES, Generator.TORCH_CPU);
    if (isMlp(choice)) {
      refuseForMlp(section, "path", choice);
      refuseForMlp(section, "accumulate-gradients", choice);
    } else if (choice.isPresent()) {
      Stream.of("batch", "batches")
          .flatMap(key -> section.value(key).stream())
          .forEach(
              found ->
                  found.refuse(
                      "nothing (only mlp has batches)"
                          + choice.get().cause().because(found.path())));
    }
    section.end();
    return steps.isPresent() && rate.isPresent()
        ? Optional.of(new TrainingSpec(
                steps.get(), rate.get(), l2, path, accumulates, Math.toIntExact(batch)))
        : Optional.empty();
  }

  private static SamplesSpec samples(Section section, Optional<ModelChoice> choice) {
    long count = section.optional("count", SAMPLE_COUNT, 20L);
    Generator generator = section.optional("generator", GENERATOR, Generator.TORCH_CPU);
    SamplesSpec samples =
        new SamplesSpec(
            Math.toIntExact(count),
            generator,
            section.optional("seed", SEED, DEFAULT_SEED),
            Math.toIntExact(section.optional("length-limit", LENGTH_LIMIT, 100L)),
            multinomial(section, generator),
            along(section, choice));
    section.end();
    return samples;
  }

  private static Optional<SamplesSpec.Along> along(Section section, Optional<ModelChoice> choice) {
    Optional<Found> every = section.value("every");
    Optional<Found> reseed = section.value("reseed");
    if (choice.isPresent() && choice.get().kind() == ModelKind.COUNTS) {
      String allowed = "nothing (counts need no training)" + choice.get().cause().because("samples");
      Stream.of(every, reseed).flatMap(Optional::stream).forEach(found -> found.refuse(allowed));
      return Optional.empty();
    }
    if (every.isEmpty()) {
      reseed.ifPresent(found -> found.refuse("nothing without samples.every"));
      return Optional.empty();
    }
    Optional<Long> steps = every.get().as(STEPS);
    boolean again = section.optional("reseed", new TruthRule(), true);
    return steps.map(many -> new SamplesSpec.Along(Math.toIntExact(many), again));
  }

  private static Optional<Multinomial> multinomial(Section samples, Generator generator) {
    return switch (generator) {
      case TORCH_CPU -> Optional.of(samples.optional("multinomial", MULTINOMIAL, Multinomial.MKL));
      case TORCH_CUDA -> {
        Cause cause =
            new Cause(
                "samples.generator is " + ChoiceRule.name(generator), samples.place("generator"));
        samples
            .value("multinomial")
            .ifPresent(
                found ->
                    found.refuse(
                        "nothing (torch-cuda has one rule)" + cause.because(found.path())));
        yield Optional.empty();
      }
    };
  }

  /// How many losses a run will have: one before each update, or the one of the counts.
  private static Optional<LossCount> losses(
      Optional<ModelChoice> choice, Optional<Section> training, Optional<Integer> steps) {
    if (choice.isPresent() && choice.get().kind() == ModelKind.COUNTS) {
      return Optional.of(new LossCount(1, choice.get().cause()));
    }
    return steps.map(
        count ->
            new LossCount(
                count,
                new Cause("training.steps is " + count, training.orElseThrow().place("steps"))));
  }
}
