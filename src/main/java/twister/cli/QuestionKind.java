package twister.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import twister.yaml.YamlFields;

/// A kind of question for which there is an experiment file to begin with.
enum QuestionKind {
  /// Which learning rate is best.
  LEARNING_RATE("names.txt"),
  /// How strong L2 regularization should be.
  REGULARIZATION("names.txt"),
  /// How much is luck of the initial weights.
  SEEDS("names.txt"),
  /// How long n-grams should be.
  ORDER("names.txt"),
  /// How large a perceptron should be.
  PERCEPTRON("names.txt"),
  /// What a model of the user's words makes up.
  OWN_WORDS("words.txt");

  private final String data;

  QuestionKind(String data) {
    this.data = data;
  }

  /// The names of all kinds, for completion by a shell.
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }

  /// Its name as users write it: `learning-rate`.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The kind of a name; empty if there is none.
  static Optional<QuestionKind> of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /// The names of all kinds.
  static List<String> words() {
    return Arrays.stream(values()).map(QuestionKind::word).toList();
  }

  /// The file of words that its experiment file names.
  String data() {
    return data;
  }

  /// The question, in a sentence.
  String question() {
    return text().lines().findFirst().orElseThrow().substring(2);
  }

  /// The experiment file.
  ///
  /// @param words the file of words to learn from
  /// @param column of the table that the file is; empty if it is none
  String text(String words, Optional<String> column) {
    String named = new YamlFields().put("file", words).yaml().strip();
    return column
        .map(
            name ->
                text()
                    .replaceFirst(
                        "file: .*",
                        Matcher.quoteReplacement(
                            named + "\n  " + column(name) + "    # which has a word in each row")))
        .orElseGet(() -> text().replace("file: " + data, named));
  }

  /// The key that says so, where a number is the place of the column.
  private static String column(String name) {
    return name.matches("[1-9][0-9]{0,8}")
        ? "column: " + name
        : new YamlFields().put("column", name).yaml().strip();
  }

  private String text() {
    String name = "init/" + word() + ".yaml";
    try (InputStream file =
        Objects.requireNonNull(QuestionKind.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
