package twister.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import twister.spec.CorpusFormat;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Reads a corpus: UTF-8, by default one word per line, lines ended by `\n` or `\r\n`.
public final class CorpusReader {
  /// More mistakes than these are counted, not listed: one odd column makes every line wrong.
  private static final int LISTED_MISTAKES = 10;

  /// Bytes of memory for each byte of a file while it is divided, and for each word.
  private static final long DIVIDING = 2;

  private static final long WORD = 56;

  private final String file;
  private final CorpusFormat.Words format;
  private final List<String> words = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private int emptyLines;
  private int mistakesFound;

  private CorpusReader(String file, CorpusFormat.Words format) {
    this.file = file;
    this.format = format;
  }

  /// Reads and checks a file of words, one per line, which stay as they are.
  ///
  /// @param path where the file is
  /// @param file the file as the user named it, for messages
  /// @throws InvalidInputException if the file cannot be read, is no text, or holds no usable word
  public static Corpus corpus(Path path, String file) throws InvalidInputException {
    return corpus(path, file, CorpusFormat.Words.LINES);
  }

  /// Reads and checks a file of words or text.
  ///
  /// @param path where the file is
  /// @param file the file as the user named it, for messages
  /// @param format what it holds, and what is made of that
  /// @throws InvalidInputException if the file cannot be read, is no text, or holds nothing usable
  public static Corpus corpus(Path path, String file, CorpusFormat format)
      throws InvalidInputException {
    DataFile data = DataFile.read(path, file);
    return switch (format) {
      case CorpusFormat.Words words -> new CorpusReader(file, words).corpus(data);
      case CorpusFormat.Text text -> TextReader.corpus(data, file, text);
    };
  }

  private Corpus corpus(DataFile data) throws InvalidInputException {
    long lines = data.text().chars().filter(c -> c == '\n').count() + 1;
    DataFile.refuseUnlessItFits(DIVIDING * data.size() + WORD * lines, file);
    if (format.column().isPresent()) {
      new TableReader(file, format.column().get(), this::addCell, this::note).read(data.text());
    } else {
      split(data.text());
    }
    return corpus(data.sha256());
  }

  private void split(String text) {
    int line = 0;
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      line++;
      boolean carriageReturn = newline > start && text.charAt(newline - 1) == '\r';
      addLine(text.substring(start, carriageReturn ? end - 1 : end), line);
      start = end + 1;
    }
  }

  private void addLine(String word, int line) {
    int wrong = firstWrong(word);
    if (wrong < 0) {
      add(word, line);
    } else {
      note(line, OptionalInt.of(1 + word.codePointCount(0, wrong)), refusal(word, wrong));
    }
  }

  private void addCell(String word, int line) {
    int wrong = firstWrong(word);
    if (wrong < 0) {
      add(word, line);
    } else {
      String letter = "letter %,d of the cell: ".formatted(1 + word.codePointCount(0, wrong));
      note(line, OptionalInt.empty(), letter + refusal(word, wrong));
    }
  }

  /// Adds a word whose symbols are allowed.
  private void add(String word, int line) {
    if (isBlank(word)) {
      emptyLines++;
      return;
    }
    String formed = format.form().of(word);
    if (formed.indexOf(format.sign()) >= 0) {
      note(line, OptionalInt.empty(), boundaryIn(formed));
    } else {
      words.add(formed);
    }
  }

  private static boolean isBlank(String word) {
    return word.codePoints().allMatch(WordSymbols::isWhiteSpace);
  }

  /// Where the first symbol is that a word may not have; -1 if there is none.
  private int firstWrong(String word) {
    if (isBlank(word)) {
      return -1;
    }
    for (int i = 0; i < word.length(); ) {
      int symbol = word.codePointAt(i);
      int next = i + Character.charCount(symbol);
      if (symbol == format.sign()
          || !WordSymbols.isAllowed(symbol, i == 0, next == word.length())) {
        return i;
      }
      i = next;
    }
    return -1;
  }

  private String refusal(String word, int wrong) {
    int symbol = word.codePointAt(wrong);
    String unit = format.column().isPresent() ? "cell" : "line";
    return symbol == format.sign() ? boundaryIn(word) : WordSymbols.refusal(symbol, unit);
  }

  private String boundaryIn(String word) {
    return ("the word \"%s\" holds \"%s\", which marks where words begin and end; take it out, or"
            + " choose another sign as data.boundary")
        .formatted(word, Character.toString(format.sign()));
  }

  private void note(int line, OptionalInt column, String message) {
    mistakesFound++;
    if (mistakesFound <= LISTED_MISTAKES) {
      mistakes.add(new Mistake(file, OptionalInt.of(line), column, message));
    }
  }

  /// What makes the lines those of a table, whose cells are the words, and what to do then; nothing
  /// where they are words.
  private Optional<String> table() {
    if (words.stream().anyMatch(word -> word.startsWith("\""))) {
      return Optional.of(
          "has cells in quotes, as a table; data.column (or --column) says which column holds the"
              + " words, by its name in the first line, or 1 for the first without a header");
    }
    if (isSeparatedBy(',')) {
      String first = words.getFirst();
      return Optional.of(
          ("has commas in each line, as a table with columns; data.column (or --column) says which"
                  + " one holds the words, such as \"%s\"")
              .formatted(first.substring(0, first.indexOf(','))));
    }
    return isSeparatedBy(';')
        ? Optional.of(
            "has semicolons in each line, as a table with columns; save it with commas, and"
                + " data.column (or --column) says which one holds the words")
        : Optional.empty();
  }

  private boolean isSeparatedBy(char sign) {
    return !words.isEmpty() && words.stream().allMatch(word -> word.indexOf(sign) >= 0);
  }

  private Corpus corpus(String sha256) throws InvalidInputException {
    if (mistakesFound > LISTED_MISTAKES) {
      mistakes.add(
          Mistake.in(file, "and %,d more lines".formatted(mistakesFound - LISTED_MISTAKES)));
    }
    if (format.column().isEmpty() && file.toLowerCase(Locale.ROOT).endsWith(".csv")) {
      table().ifPresent(signs -> mistakes.add(Mistake.in(file, signs)));
    }
    if (mistakesFound == 0 && words.isEmpty()) {
      String unit = format.column().isPresent() ? "in each cell of the column" : "per line";
      mistakes.add(Mistake.in(file, "holds no word; allowed: one word " + unit));
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    return new Corpus(file, words, emptyLines, sha256, format.boundary());
  }
}
