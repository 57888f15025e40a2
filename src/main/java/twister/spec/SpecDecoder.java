package twister.spec;

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
    Optional<DataSpec> data = dataSection.flatMap(section -> data(section, order.orElseThrow()));
    Optional<Section> modelSection = top.requiredSection("model", "{kind: softmax}");
    Optional<ModelChoice> choice = modelSection.flatMap(SpecDecoder::modelChoice);
    Optional<ModelSpec> model = modelSection.flatMap(section -> model(section, choice));
    Optional<Section> trainingSection = trainingSection(choice);
    Optional<Integer> steps = trainingSection.flatMap(SpecDecoder::steps);
    Optional<TrainingSpec> training = trainingSection.flatMap(section -> training(section, steps));
    DeviceSpec device = new DeviceDecoder(top, choice).device();
    SamplesSpec samples = samples(top.optionalSection("samples", "{count: 20}"), choice);
    var charts = new ChartsDecoder(top, choice, order).charts();
    ExpectSpec expect =
        new ExpectDecoder(top, choice, losses(choice, trainingSection, steps))
            .expect(order.map(OrderChoice::order).orElse(DataSpec.BIGRAMS));
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

  private static OrderChoice order(Section data) {
    long order = data.optional("order", ORDER, (long) DataSpec.BIGRAMS);
    return new OrderChoice(Math.toIntExact(order), data.place("order"));
  }

  private static Optional<DataSpec> data(Section section, OrderChoice order) {
    Optional<String> file = section.required("file", FILE);
    Optional<String> sha256 = section.value("sha256").flatMap(found -> found.as(SHA256));
    Optional<Long> words = section.value("words").flatMap(found -> found.as(WORDS));
    section.end();
    return file.map(
        path ->
            new DataSpec(
                path,
                sha256.map(hex -> hex.toLowerCase(Locale.ROOT)),
                words.map(Math::toIntExact),
                order.order()));
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
                  case SOFTMAX -> softmax(section);
                });
    if (choice.isEmpty()) {
      section.value("smoothing");
      section.value("init");
    }
    section.end();
    return model;
  }

  private static ModelSpec softmax(Section section) {
    Section init = section.optionalSection("init", "{seed: " + DEFAULT_SEED + "}");
    InitSpec spec =
        new InitSpec(
            init.optional("generator", GENERATOR, Generator.TORCH_CPU),
            init.optional("seed", SEED, DEFAULT_SEED));
    init.end();
    return new ModelSpec.Softmax(spec);
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

  private static Optional<TrainingSpec> training(Section section, Optional<Integer> steps) {
    Optional<LearningRate> rate = new LearningRateDecoder(section, steps).learningRate();
    double l2 = section.optional("l2", NumberRule.FROM_ZERO, 0.0);
    TrainingPath path = section.optional("path", PATH, TrainingPath.COUNTS);
    boolean accumulates = section.optional("accumulate-gradients", new TruthRule(), false);
    section.end();
    return steps.isPresent() && rate.isPresent()
        ? Optional.of(new TrainingSpec(steps.get(), rate.get(), l2, path, accumulates))
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
