package twister.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import twister.yaml.ChoiceRule;
import twister.yaml.Constraint;
import twister.yaml.InvalidInputException;
import twister.yaml.KeyListener;
import twister.yaml.KeyedValue;
import twister.yaml.Mistakes;
import twister.yaml.NumberRule;
import twister.yaml.Place;
import twister.yaml.Section;
import twister.yaml.TextRule;
import twister.yaml.TruthRule;
import twister.yaml.WholeRule;
import twister.yaml.YamlFields;
import twister.yaml.YamlValue;

/// Reads an experiment from the values of its file and reports every mistake on the way.
final class SpecDecoder {
  /// The longest training.
  static final int MOST_STEPS = 1_000_000_000;

  static final long DEFAULT_SEED = 2_147_483_647;
  private static final TextRule NAME =
      new TextRule(FolderName.ALLOWED, FolderName.PATTERN, FolderName::isOne);
  private static final TextRule QUESTION =
      TextRule.visible("the question as text, without control characters", "\n\t");

  private static final ChoiceRule<ModelKind> MODEL_KIND = ChoiceRule.of(ModelKind.class);
  private static final ChoiceRule<TrainingPath> PATH = ChoiceRule.of(TrainingPath.class);
  static final ChoiceRule<Generator> GENERATOR = ChoiceRule.of(Generator.class);
  static final WholeRule SEED = new WholeRule(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final WholeRule SEED_OF_32_BITS = new WholeRule(0, 0xffff_ffffL);
  private static final WholeRule BLOCK_SIZE = new WholeRule(1, DataSpec.MOST_ORDER - 1);
  private static final NumberRule SMOOTHING =
      new NumberRule(ModelSpec.Counts.SMOOTHING_ALLOWED, 0, ModelSpec.Counts.MOST_SMOOTHING);
  private static final WholeRule UNITS = new WholeRule(1, 100_000);
  private static final WholeRule BATCH = new WholeRule(1, 1_000_000);
  private static final ChoiceRule<Generator> BATCHES =
      new ChoiceRule<>(List.of(Generator.TORCH_CPU));
  private static final TextRule CHECKPOINT =
      new TextRule(
          CheckpointInterval.ALLOWED,
          CheckpointInterval.FORM,
          text -> CheckpointInterval.of(text).isPresent());
  private static final ChoiceRule<StopSpec.Loss> STOP_LOSS = ChoiceRule.of(StopSpec.Loss.class);
  static final WholeRule STEPS = new WholeRule(1, MOST_STEPS);

  private final Section top;
  private final Path file;
  private final Mistakes mistakes;

  /// @param file where the document is from
  /// @param mistakes those found before, which are reported too
  SpecDecoder(YamlValue.Mapping document, Path file, Mistakes mistakes) {
    this(document, file, mistakes, KeyListener.NONE);
  }

  /// @param listener hears which keys are read
  SpecDecoder(YamlValue.Mapping document, Path file, Mistakes mistakes, KeyListener listener) {
    this.top = Section.top(document, mistakes, MeantKey::ofOtherTool, listener);
    this.file = file;
    this.mistakes = mistakes;
  }

  /// Whether a key, by its full name, takes whole numbers; known once the experiment is read.
  boolean isWhole(String path) {
    return top.isWhole(path);
  }

  /// The full name of a key of any kind of model, by its last part.
  static Optional<String> fullName(String key) {
    YamlFields sections = new YamlFields();
    List.of("data", "model", "training", "samples")
        .forEach(section -> sections.put(section, new YamlFields()));
    SpecDecoder decoder =
        new SpecDecoder(sections.asRead(Place.in("")), Path.of(""), new Mistakes());
    try {
      decoder.experiment();
    } catch (InvalidInputException expected) {
      return decoder.top.fullName(key);
    }
    throw new IllegalStateException("an experiment without any key");
  }

  /// The experiment that the document describes.
  ExperimentSpec experiment() throws InvalidInputException {
    Optional<String> name = name();
    name.filter(FolderName::isReserved)
        .flatMap(_ -> top.value("name"))
        .ifPresent(
            found ->
                found.refuse(
                    "another name, as results/" + name.orElseThrow() + " is no experiment"));
    String question = top.optional("question", QUESTION, "");
    Optional<Section> dataSection = top.requiredSection("data", "{file: names.txt}");
    Optional<OrderChoice> order = dataSection.map(DataDecoder::order);
    Optional<DataSpec> words =
        dataSection.flatMap(section -> DataDecoder.data(section, order.orElseThrow()));
    Optional<Section> modelSection = top.requiredSection("model", "{kind: softmax}");
    Optional<ModelChoice> choice = modelSection.flatMap(SpecDecoder::modelChoice);
    Optional<ModelSpec> model = modelSection.flatMap(section -> model(section, choice));
    Optional<DataSpec> data = words.map(spec -> withOrderOf(model, spec));
    if (isMlp(choice)) {
      dataSection.ifPresent(
          section -> refuseForMlp(section, "order", "mlp has model.block-size", choice));
    }
    Optional<Section> trainingSection = trainingSection(choice);
    Optional<Integer> steps = trainingSection.flatMap(SpecDecoder::steps);
    Optional<TrainingSpec> training =
        trainingSection.flatMap(section -> training(section, steps, choice, words));
    top.value("sweep").ifPresent(found -> found.refuse("nothing here; twister run trains sweeps"));
    DeviceSpec device = new DeviceDecoder(top, choice, file).device();
    SamplesSpec samples =
        SamplesDecoder.samples(top.optionalSection("samples", "{count: 20}"), choice, words);
    var charts =
        new ChartsDecoder(top, choice, order, noRangeTest(training, trainingSection)).charts();
    ExpectSpec expect =
        new ExpectDecoder(top, choice, losses(choice, trainingSection, steps))
            .expect(data.map(DataSpec::order).orElse(DataSpec.BIGRAMS), file);
    top.end();
    if (mistakes.count() > 0 && words.isPresent()) {
      noteMissingFile(words.get().file(), dataSection.orElseThrow());
    }
    mistakes.throwIfAny();
    return new ExperimentSpec(
        name.orElseThrow(),
        question,
        data.orElseThrow(),
        model.orElseThrow(),
        training,
        device,
        samples,
        charts,
        expect);
  }

  /// The name, by default that of the file without its ending.
  private Optional<String> name() {
    String base = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    return FolderName.isOne(base)
        ? Optional.of(top.optional("name", NAME, base))
        : top.required("name", NAME);
  }

  /// Words that are not there are reported with the other mistakes, not after these.
  private void noteMissingFile(String words, Section section) {
    if (!DataSpec.isAddress(words) && !Files.exists(FileSearch.find(Path.of(words), file))) {
      mistakes.add(
          section.place("file"),
          "data.file: there is no file " + words + FileSearch.places(Path.of(words), file));
    }
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

  private static void refuseForMlp(
      Section section, String key, String reason, Optional<ModelChoice> choice) {
    section
        .value(key)
        .ifPresent(
            found ->
                found.refuse(
                    "nothing (%s)".formatted(reason)
                        + choice.orElseThrow().cause().because(found.path())));
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
                      new ModelSpec.Counts(section.optional("smoothing", SMOOTHING, 0.0));
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
    Generator generator = init.optional("generator", GENERATOR, Generator.TORCH_CPU);
    InitSpec spec = new InitSpec(generator, seed(init, generator));
    init.end();
    return spec;
  }

  /// The seed of the initial weights, whatever the kind of model; the default where none can be
  /// read.
  static long seedOfWeights(YamlValue.Mapping document) {
    Mistakes ignored = new Mistakes();
    return Section.top(document, ignored, _ -> Optional.empty(), KeyListener.NONE)
        .optionalSection("model", "")
        .optionalSection("init", "")
        .optional("seed", SEED, DEFAULT_SEED);
  }

  /// The key `seed` of a generator. PyTorch takes any seed of 64 bits, but its CPU generator looks
  /// at 32 of them: those seeds alone are allowed, so that two seeds are never the same numbers.
  static long seed(Section section, Generator generator) {
    long seed = section.optional("seed", SEED, DEFAULT_SEED);
    long drawn = generator.drawn(seed);
    if (drawn != seed) {
      section
          .value("seed")
          .orElseThrow()
          .refuse(
              "%s (torch-cpu takes seeds modulo 2^32: seed %d draws the same numbers)"
                  .formatted(SEED_OF_32_BITS.allowed(), drawn));
    }
    return seed;
  }

  private Optional<Section> trainingSection(Optional<ModelChoice> choice) {
    Optional<KeyedValue> found = top.value("training");
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
      Section section,
      Optional<Integer> steps,
      Optional<ModelChoice> choice,
      Optional<DataSpec> words) {
    Optional<LearningRate> rate = new LearningRateDecoder(section, steps).learningRate();
    double l2 = section.optional("l2", NumberRule.FROM_ZERO, 0.0);
    TrainingPath path = section.optional("path", PATH, TrainingPath.COUNTS);
    boolean accumulates = section.optional("accumulate-gradients", new TruthRule(), false);
    long batch = section.optional("batch", BATCH, 0L);
    section.optional("batches", BATCHES, Generator.TORCH_CPU);
    Optional<StopSpec> stop =
        section.value("stop").flatMap(found -> stop(section, found, rate, words));
    CheckpointInterval checkpoint =
        section
            .value("checkpoint")
            .flatMap(found -> found.as(CHECKPOINT))
            .flatMap(CheckpointInterval::of)
            .orElse(CheckpointInterval.DEFAULT);
    if (isMlp(choice)) {
      refuseForMlp(section, "path", "mlp always learns from examples", choice);
      refuseForMlp(
          section,
          "accumulate-gradients",
          "only softmax can; each update of mlp takes the gradient of its own step alone",
          choice);
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
        ? Optional.of(
            new TrainingSpec(
                steps.get(),
                rate.get(),
                l2,
                path,
                accumulates,
                Math.toIntExact(batch),
                stop,
                checkpoint))
        : Optional.empty();
  }

  private static Optional<StopSpec> stop(
      Section training, KeyedValue found, Optional<LearningRate> rate, Optional<DataSpec> words) {
    if (rate.isPresent() && rate.get() instanceof LearningRate.RangeTest) {
      found.refuse(
          "nothing, because training.learning-rate is a range test, which takes every step");
      return Optional.empty();
    }
    Optional<Section> section = training.sectionOf(found, "{patience: 50}");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Section stop = section.get();
    Optional<Double> target = stop.value("target").flatMap(value -> value.as(NumberRule.POSITIVE));
    Optional<Long> patience = stop.value("patience").flatMap(value -> value.as(STEPS));
    long every = stop.optional("every", STEPS, 10L);
    StopSpec.Loss loss = stop.optional("loss", STOP_LOSS, StopSpec.Loss.TRAIN);
    if (loss == StopSpec.Loss.DEV && words.isPresent() && !hasDev(words.get())) {
      stop.value("loss")
          .orElseThrow()
          .refuse(
              "train (there are no words of dev, as data.split has none; it could be"
                  + " {train: 0.8, dev: 0.1})");
    }
    stop.end();
    if (stop.value("target").isEmpty() && stop.value("patience").isEmpty()) {
      found.refuse("a target, a patience, or both, such as {target: 2.5, patience: 50}");
    }
    return target.isEmpty() && patience.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StopSpec(
                loss,
                target.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                patience
                    .map(steps -> OptionalInt.of(Math.toIntExact(steps)))
                    .orElse(OptionalInt.empty()),
                Math.toIntExact(every)));
  }

  private static boolean hasDev(DataSpec data) {
    return data.split().map(SplitSpec::dev).orElse(0.0) > 0;
  }

  /// Why the learning rate is not tested over a range; nothing where it is, or could not be read.
  private static Optional<Constraint> noRangeTest(
      Optional<TrainingSpec> training, Optional<Section> section) {
    return training
        .filter(spec -> !(spec.learningRate() instanceof LearningRate.RangeTest))
        .map(
            spec ->
                new Constraint(
                    "training.learning-rate is no range test",
                    section.orElseThrow().place("learning-rate")));
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
                new Constraint(
                    "training.steps is " + count, training.orElseThrow().place("steps"))));
  }
}
