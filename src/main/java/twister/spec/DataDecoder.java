package twister.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import twister.yaml.ChoiceRule;
import twister.yaml.NumberRule;
import twister.yaml.Section;
import twister.yaml.TextRule;
import twister.yaml.TruthRule;
import twister.yaml.WholeRule;

/// Reads which words to learn from, and as what.
final class DataDecoder {
  private static final TextRule SHA256 =
      TextRule.matching("64 hexadecimal digits", Pattern.compile("[0-9a-fA-F]{64}"));
  private static final WholeRule ORDER = new WholeRule(1, DataSpec.MOST_ORDER);
  private static final WholeRule WORDS = new WholeRule(1, Integer.MAX_VALUE);
  private static final ChoiceRule<WordForm.Normalisation> NORMALISATION =
      ChoiceRule.of(WordForm.Normalisation.class);
  private static final String SPLIT_EXAMPLE = "{train: 0.8, dev: 0.1, test: 0.1}";
  private static final NumberRule PART = new NumberRule("a number from 0 to 1", 0, 1);

  private DataDecoder() {}

  /// The order of n-grams.
  static OrderChoice order(Section data) {
    long order = data.optional("order", ORDER, (long) DataSpec.BIGRAMS);
    return new OrderChoice(Math.toIntExact(order), data.place("order"));
  }

  /// The words, unless they have mistakes, which are reported.
  static Optional<DataSpec> data(Section section, OrderChoice order) {
    Optional<String> file = section.required("file", TextRule.FILE);
    Optional<String> sha256 = section.value("sha256").flatMap(found -> found.as(SHA256));
    Optional<Long> words = section.value("words").flatMap(found -> found.as(WORDS));
    Optional<SplitSpec> split =
        section
            .value("split")
            .flatMap(found -> section.sectionOf(found, SPLIT_EXAMPLE).flatMap(DataDecoder::split));
    WordForm form =
        new WordForm(
            section.optional("normalise", NORMALISATION, WordForm.Normalisation.NONE),
            section.optional("lower-case", new TruthRule(), false));
    section.end();
    return file.map(
        path ->
            new DataSpec(
                path,
                sha256.map(hex -> hex.toLowerCase(Locale.ROOT)),
                words.map(Math::toIntExact),
                split,
                form,
                order.order()));
  }

  private static Optional<SplitSpec> split(Section section) {
    double train = section.optional("train", PART, 0.8);
    double dev = section.optional("dev", PART, Math.min(0.1, 1 - train));
    double test = section.optional("test", PART, Math.max(0, 1 - train - dev));
    long seed = section.optional("seed", SpecDecoder.SEED, SpecDecoder.DEFAULT_SEED);
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
}
