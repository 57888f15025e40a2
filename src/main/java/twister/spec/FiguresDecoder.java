package twister.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import twister.yaml.ChoiceRule;
import twister.yaml.KeyPath;
import twister.yaml.KeyedValue;
import twister.yaml.NumberRule;
import twister.yaml.Section;
import twister.yaml.TextRule;
import twister.yaml.WholeRule;
import twister.yaml.YamlValue;

/// Reads the figures besides losses that a run must find.
final class FiguresDecoder {
  static final TextRule TEXT = TextRule.visible("text, without control characters", "");

  private static final TextRule DIGITS =
      TextRule.matching("digits in quotes, one for each draw", Pattern.compile("[0-9]+"));
  private static final TextRule BIGRAM =
      TextRule.matching("two symbols", Pattern.compile("..", Pattern.DOTALL));
  private static final ChoiceRule<Expected.Draws.Weights> WEIGHTS =
      ChoiceRule.of(Expected.Draws.Weights.class);
  private static final WholeRule SEED = new WholeRule(Long.MIN_VALUE, Long.MAX_VALUE);

  /// Half a unit of the fourth decimal, and a little for what was rounded there.
  private static final double FOUR_DECIMALS = 0.501e-4;

  private static final String SCORE = "{words: [emma], loss: 2.4}";

  private final Section expect;
  private final Optional<ModelChoice> choice;
  private final int order;
  private final WholeRule step;
  private final Path file;

  /// @param step the steps that the training has
  /// @param file of the experiment, from where tables are looked up
  FiguresDecoder(
      Section expect, Optional<ModelChoice> choice, int order, WholeRule step, Path file) {
    this.expect = expect;
    this.choice = choice;
    this.order = order;
    this.step = step;
    this.file = file;
  }

  /// Adds the figures without those that have mistakes, which are reported.
  void addTo(List<Expected> figures) {
    expect
        .value("counts")
        .filter(this::isOfBigrams)
        .flatMap(this::table)
        .ifPresent(table -> figures.add(new Expected.CountTable(table)));
    section("mean-square", "{value: 1.688, within: 0.0001}")
        .ifPresent(part -> meanSquare(part, figures));
    expect
        .value("scores")
        .filter(this::isOfBigrams)
        .flatMap(found -> found.asFilledList("[" + SCORE + "]"))
        .ifPresent(
            items ->
                items.forEach(
                    item ->
                        expect.sectionOf(item, SCORE).ifPresent(part -> figures.add(score(part)))));
    expect
        .value("samples")
        .ifPresent(
            found -> figures.add(new Expected.Names(Optional.empty(), texts(found, "[junide.]"))));
    expect
        .value("sample-sets")
        .flatMap(found -> found.asMapping("{0: [junide.]}").map(sets -> Map.entry(found, sets)))
        .ifPresent(entry -> addSets(entry.getKey(), entry.getValue(), figures));
    section("draws", "{weights: rand, seed: 1}").ifPresent(part -> draws(part, figures));
    section("untrained", "{words: [emma]}")
        .filter(part -> isOfSoftmaxBigrams())
        .ifPresent(part -> figures.add(untrained(part)));
  }

  private Optional<String> table(KeyedValue found) {
    return found.asFile(named -> FileSearch.beside(named, file));
  }

  private Optional<Section> section(String key, String example) {
    return expect.value(key).flatMap(found -> expect.sectionOf(found, example));
  }

  private boolean isOfBigrams(KeyedValue found) {
    if (order != DataSpec.BIGRAMS) {
      found.refuse("nothing (only bigrams have it, these are n-grams of order " + order + ")");
    }
    return order == DataSpec.BIGRAMS;
  }

  private boolean isOfSoftmaxBigrams() {
    KeyedValue found = expect.value("untrained").orElseThrow();
    boolean isSoftmax = choice.isEmpty() || choice.get().kind() == ModelKind.SOFTMAX;
    if (!isSoftmax) {
      found.refuse("nothing (only softmax has it)" + choice.get().cause().because("expect"));
    }
    return isSoftmax && isOfBigrams(found);
  }

  private void meanSquare(Section part, List<Expected> figures) {
    Optional<Double> value = part.required("value", NumberRule.FROM_ZERO);
    double within = part.optional("within", NumberRule.FROM_ZERO, FOUR_DECIMALS);
    part.end();
    value.ifPresent(mean -> figures.add(new Expected.MeanSquare(mean, within)));
  }

  private static Expected score(Section part) {
    List<String> words = part.value("words").map(found -> texts(found, "[emma]")).orElse(List.of());
    Optional<Double> logLikelihood =
        part.value("log-likelihood").flatMap(found -> found.as(NumberRule.ANY));
    Optional<Double> loss = part.value("loss").flatMap(found -> found.as(NumberRule.ANY));
    double within = part.optional("within", NumberRule.FROM_ZERO, FOUR_DECIMALS);
    Map<String, Double> bigrams = new LinkedHashMap<>();
    part.value("bigrams")
        .ifPresent(
            found ->
                found
                    .asFilledMapping("{.e: 0.0478}")
                    .ifPresent(
                        all ->
                            all.entries()
                                .forEach((key, entry) -> addBigram(found, key, entry, bigrams))));
    double bigramsWithin = part.optional("bigrams-within", NumberRule.FROM_ZERO, FOUR_DECIMALS);
    part.end();
    if (logLikelihood.isEmpty() && loss.isEmpty() && part.value("bigrams").isEmpty()) {
      part.refuse("expects nothing of the words, allowed: log-likelihood, loss or bigrams");
    }
    return new Expected.WordScore(words, logLikelihood, loss, within, bigrams, bigramsWithin);
  }

  private static void addBigram(
      KeyedValue all, String key, YamlValue.Entry entry, Map<String, Double> bigrams) {
    all.key(new YamlValue.Text(entry.key().place(), key))
        .as(BIGRAM)
        .flatMap(
            bigram -> all.at(KeyPath.join(all.path(), key), entry.value()).as(NumberRule.FROM_ZERO))
        .ifPresent(value -> bigrams.put(key, value));
  }

  private void addSets(KeyedValue found, YamlValue.Mapping sets, List<Expected> figures) {
    if (sets.entries().isEmpty()) {
      found.refuse("at least one step and its names, such as {0: [junide.]}");
    }
    sets.entries()
        .forEach(
            (key, entry) ->
                found
                    .key(entry.key())
                    .as(step)
                    .ifPresent(
                        at ->
                            figures.add(
                                new Expected.Names(
                                    Optional.of(Math.toIntExact(at)),
                                    texts(
                                        found.at(KeyPath.join(found.path(), key), entry.value()),
                                        "[junide.]")))));
  }

  private static void draws(Section part, List<Expected> figures) {
    Optional<Expected.Draws.Weights> weights = part.required("weights", WEIGHTS);
    Optional<Long> seed = part.required("seed", SEED);
    List<Double> probabilities = new ArrayList<>();
    part.required("probabilities", "allowed: a list of numbers")
        .flatMap(found -> found.asFilledList("[0.2, 0.3, 0.5]"))
        .ifPresent(
            items ->
                items.forEach(item -> item.as(NumberRule.FROM_ZERO).ifPresent(probabilities::add)));
    Optional<String> classes = part.required("classes", DIGITS);
    part.end();
    if (weights.isPresent() && seed.isPresent() && classes.isPresent()) {
      figures.add(new Expected.Draws(weights.get(), seed.get(), probabilities, classes.get()));
    }
  }

  private Expected untrained(Section part) {
    List<String> words =
        part.required("words", "allowed: a list of words, such as [emma]")
            .map(found -> texts(found, "[emma]"))
            .orElse(List.of());
    Optional<String> probabilities = part.value("probabilities").flatMap(this::table);
    Optional<String> gradient = part.value("gradient").flatMap(this::table);
    double within = part.optional("within", NumberRule.FROM_ZERO, FOUR_DECIMALS);
    part.end();
    if (part.value("probabilities").isEmpty() && part.value("gradient").isEmpty()) {
      part.refuse("expects nothing of the words, allowed: probabilities or gradient");
    }
    return new Expected.Untrained(words, probabilities, gradient, within);
  }

  private static List<String> texts(KeyedValue found, String example) {
    List<String> texts = new ArrayList<>();
    found
        .asFilledList(example)
        .ifPresent(items -> items.forEach(item -> item.as(TEXT).ifPresent(texts::add)));
    return texts;
  }
}
