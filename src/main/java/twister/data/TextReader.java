package twister.data;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import twister.spec.CorpusFormat;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Reads a text that runs on: every symbol counts, the ends of lines too.
final class TextReader {
  private static final Pattern LINE_END = Pattern.compile("\r\n?");

  /// More mistakes than these are counted, not listed.
  private static final int LISTED_MISTAKES = 10;

  private TextReader() {}

  /// A corpus of one text, whose lines end with `\n`, however they end in the file.
  ///
  /// @param file the file as the user named it, for messages
  /// @throws InvalidInputException if it is empty, or holds symbols that one cannot see
  static Corpus corpus(DataFile data, String file, CorpusFormat.Text format)
      throws InvalidInputException {
    String text =
        data.text().indexOf('\r') < 0
            ? data.text()
            : LINE_END.matcher(data.text()).replaceAll("\n");
    if (text.isEmpty()) {
      throw new InvalidInputException(Mistake.in(file, "is empty; allowed: a text"));
    }
    check(text, file);
    return new Corpus(file, List.of(format.form().of(text)), 0, data.sha256(), OptionalInt.empty());
  }

  private static void check(String text, String file) throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    int found = 0;
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); column++) {
      int symbol = text.codePointAt(i);
      if (symbol == '\n') {
        line++;
        column = 0;
      } else if (!WordSymbols.isAllowedInText(symbol, i == 0)) {
        found++;
        if (found <= LISTED_MISTAKES) {
          mistakes.add(Mistake.at(file, line, column, WordSymbols.refusal(symbol, "line")));
        }
      }
      i += Character.charCount(symbol);
    }
    if (found > LISTED_MISTAKES) {
      mistakes.add(Mistake.in(file, "and %,d more".formatted(found - LISTED_MISTAKES)));
    }
    if (found > 0) {
      throw new InvalidInputException(mistakes);
    }
  }
}
