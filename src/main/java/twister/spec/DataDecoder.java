package twister.spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import twister.yaml.ChoiceRule;
import twister.yaml.Constraint;
import twister.yaml.KeyedValue;
import twister.yaml.NumberRule;
import twister.yaml.Section;
import twister.yaml.TextRule;
import twister.yaml.TruthRule;
import twister.yaml.WholeRule;
import twister.yaml.YamlValue;

/// Reads which words to learn from, and as what.
final class DataDecoder {
  private static final TextRule SHA256 =
      TextRule.matching("64 hexadecimal digits", Pattern.compile("[0-9a-fA-F]{64}"));
  private static final TextRule URL =
      new TextRule(
          "an address without a password, such as https://example.org/words.txt, or"
              + " file:///home/me/words.txt",
          Pattern.compile("(https|file)://\\S+"),
          DataDecoder::isFetched);

  /// Names of a user, and what signed links call their keys. It is not printed.
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)^[a-z]+://[^/?#]*@"
              + "|[?&][^=&#]*(token|signature|secret|passw|credential)[^=&#]*="
              + "|[?&][^=&#]*key="
              + "|[?&](sig|auth|pwd)=");

  private static final WholeRule ORDER = new WholeRule(1, DataSpec.MOST_ORDER);
  private static final WholeRule WORDS = new WholeRule(1, Integer.MAX_VALUE);
  private static final WholeRule NUMBER = new WholeRule(1, Integer.MAX_VALUE);
  private static final ChoiceRule<CorpusFormat.Kind> KIND = ChoiceRule.of(CorpusFormat.Kind.class);
  private static final TextRule COLUMN_NAME =
      TextRule.matching(
          "the name of a column, or its number from 1 where the table has no header",
          Pattern.compile("[\\s\\S]*\\S[\\s\\S]*"));

  private static final TextRule BOUNDARY =
      new TextRule(
          CorpusFormat.BOUNDARY_ALLOWED, Pattern.compile("\\S{1,2}"), CorpusFormat::isBoundary);
  private static final String NO_WORDS = "a text has no words";
  private static final String IN_ORDER = "a text is cut in its order";
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
    Optional<KeyedValue> path = section.value("file");
    Optional<KeyedValue> url = section.value("url");
    Optional<KeyedValue> hash = section.value("sha256");
    Optional<String> sha256 = hash.flatMap(found -> found.as(SHA256));
    Optional<String> file =
        url.isPresent() ? address(section, url.get(), path, hash) : file(section);
    CorpusFormat.Kind kind = section.optional("kind", KIND, CorpusFormat.Kind.WORDS);
    Optional<Constraint> isText = isText(section, kind);
    Optional<Long> words =
        ofWords(section, "words", isText, NO_WORDS).flatMap(found -> found.as(WORDS));
    Optional<SplitSpec> split =
        section
            .value("split")
            .flatMap(found -> section.sectionOf(found, SPLIT_EXAMPLE))
            .flatMap(found -> split(found, isText));
    CorpusFormat format = format(section, isText);
    section.end();
    return file.filter(name -> sha256.isPresent() || !DataSpec.isAddress(name))
        .map(
            name ->
                new DataSpec(
                    name,
                    sha256.map(hex -> hex.toLowerCase(Locale.ROOT)),
                    words.map(Math::toIntExact),
                    split,
                    format,
                    order.order()));
  }

  private static Optional<String> file(Section section) {
    Optional<KeyedValue> found = section.required("file", "allowed: " + TextRule.FILE.allowed());
    Optional<String> path = found.flatMap(value -> value.as(TextRule.FILE));
    if (path.filter(DataSpec::isAddress).isPresent()) {
      found.get().report("is an address; data.url with data.sha256 fetches it");
      return Optional.empty();
    }
    return path;
  }

  /// An address, without which the file that it has must be known by its hash: it may be another
  /// one tomorrow.
  private static Optional<String> address(
      Section section, KeyedValue url, Optional<KeyedValue> path, Optional<KeyedValue> sha256) {
    path.ifPresent(file -> file.report("stands beside data.url; allowed: one of the two"));
    if (url.value() instanceof YamlValue.Text text && SECRET.matcher(text.text()).find()) {
      url.meaning(URL);
      url.report(
          "has a password, or a key in its query, which would stand in every result; fetch the file"
              + " by hand, and name it with data.file");
      return Optional.empty();
    }
    Optional<String> address = url.as(URL);
    if (sha256.isEmpty() && address.isPresent()) {
      section.missing(
          "sha256",
          ("allowed with data.url: the line `sha256: DIGITS`, with the 64 digits that"
                  + " `curl -fsSL '%s' | sha256sum` prints")
              .formatted(address.get()));
    }
    return address;
  }

  /// An address whose words can be fetched; one with a password would tell it to all results.
  private static boolean isFetched(String text) {
    try {
      URI address = new URI(text);
      boolean isHttps = "https".equals(address.getScheme()) && address.getHost() != null;
      boolean isFile = "file".equals(address.getScheme()) && text.startsWith("file:///");
      return (isHttps || isFile)
          && address.getUserInfo() == null
          && address.getFragment() == null
          && (isHttps || address.getQuery() == null);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static CorpusFormat format(Section section, Optional<Constraint> isText) {
    Optional<TableColumn> column =
        ofWords(section, "column", isText, "the whole file is the text")
            .flatMap(DataDecoder::column);
    Optional<String> boundary =
        ofWords(section, "boundary", isText, NO_WORDS).flatMap(found -> found.as(BOUNDARY));
    WordForm form =
        new WordForm(
            section.optional("normalise", NORMALISATION, WordForm.Normalisation.NONE),
            section.optional("lower-case", new TruthRule(), false));
    return isText.isPresent()
        ? new CorpusFormat.Text(form)
        : new CorpusFormat.Words(
            column, boundary.map(sign -> sign.codePointAt(0)).orElse(CorpusFormat.FULL_STOP), form);
  }

  /// Why keys of words are not allowed; nothing where they are.
  private static Optional<Constraint> isText(Section section, CorpusFormat.Kind kind) {
    return kind == CorpusFormat.Kind.TEXT
        ? Optional.of(new Constraint("data.kind is text", section.place("kind")))
        : Optional.empty();
  }

  /// The value of a key that only words have; of a text, which is reported, none.
  private static Optional<KeyedValue> ofWords(
      Section section, String key, Optional<Constraint> isText, String reason) {
    Optional<KeyedValue> found = section.value(key);
    if (isText.isEmpty()) {
      return found;
    }
    found.ifPresent(
        value ->
            value.refuse("nothing (%s)".formatted(reason) + isText.get().because(value.path())));
    return Optional.empty();
  }

  private static Optional<TableColumn> column(KeyedValue found) {
    Optional<TableColumn> column =
        found
            .meaning(COLUMN_NAME)
            .<TableColumn>map(TableColumn.Named::new)
            .or(
                () ->
                    found
                        .meaning(NUMBER)
                        .map(from -> new TableColumn.Numbered(Math.toIntExact(from))));
    if (column.isEmpty()) {
      found.refuse(COLUMN_NAME.allowed());
    }
    return column;
  }

  private static Optional<SplitSpec> split(Section section, Optional<Constraint> isText) {
    double train = section.optional("train", PART, 0.8);
    double dev = section.optional("dev", PART, Math.min(0.1, 1 - train));
    double test = section.optional("test", PART, Math.max(0, 1 - train - dev));
    long seed =
        ofWords(section, "seed", isText, IN_ORDER)
            .flatMap(found -> found.as(SpecDecoder.SEED))
            .orElse(SpecDecoder.DEFAULT_SEED);
    boolean together =
        ofWords(section, "keep-duplicates-together", isText, IN_ORDER)
            .flatMap(found -> found.as(new TruthRule()))
            .orElse(true);
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
