package twister.expect;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import twister.data.Vocabulary;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;
import twister.yaml.SourceText;

/// Reads a table that an experiment expects: CSV, with a column of numbers for each symbol. Every
/// mistake of a table is found, not only the first.
final class SymbolTable {
  /// What the numbers of a table are.
  enum Numbers {
    COUNTS("a whole number from 0"),
    FINITE("a finite number");

    private final String allowed;

    Numbers(String allowed) {
      this.allowed = allowed;
    }

    private boolean allow(double number) {
      return switch (this) {
        case COUNTS -> number >= 0 && number == Math.rint(number) && number < 0x1p53;
        case FINITE -> Double.isFinite(number);
      };
    }
  }

  private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setCommentMarker('#').get();

  /// As people and programs write it, without the blanks and the suffixes that Java takes as well.
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private static final int MOST_BYTES = 100_000_000;

  /// More mistakes or names than these are counted, not listed.
  private static final int LISTED = 10;

  private final String file;
  private final Vocabulary vocabulary;
  private final Numbers numbers;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Map<String, Integer> columns = new HashMap<>();
  private int width;

  private SymbolTable(Path file, Vocabulary vocabulary, Numbers numbers) {
    this.file = file.toString();
    this.vocabulary = vocabulary;
    this.numbers = numbers;
  }

  /// A row of the file.
  private record Row(int line, CSVRecord cells) {}

  /// A table with a row for each symbol, which its column `previous` names.
  ///
  /// @return (V, V), row-major, in the order of the vocabulary
  static double[] ofSymbols(Path file, Vocabulary vocabulary, Numbers numbers)
      throws InvalidInputException {
    return new SymbolTable(file, vocabulary, numbers).ofSymbols(file);
  }

  /// A table with a row for each of some bigrams, in their order, which its columns `input` and
  /// `target` name.
  ///
  /// @param bigrams two symbols each
  /// @return (bigrams, V), row-major
  static double[] ofBigrams(Path file, Vocabulary vocabulary, List<String> bigrams)
      throws InvalidInputException {
    return new SymbolTable(file, vocabulary, Numbers.FINITE).ofBigrams(file, bigrams);
  }

  private double[] ofSymbols(Path path) throws InvalidInputException {
    double[] table = new double[vocabulary.size() * vocabulary.size()];
    Set<Integer> found = new HashSet<>();
    for (Row row : rows(path, List.of("previous"))) {
      String name = cell(row, "previous");
      int symbol = symbol(name);
      if (symbol < 0) {
        add(row, "previous: found \"" + name + "\", allowed: a symbol of the words");
      } else if (!found.add(symbol)) {
        add(row, "is the second row of " + name);
      } else {
        put(row, table, symbol * vocabulary.size());
      }
    }
    List<String> missing =
        IntStream.range(0, vocabulary.size())
            .filter(symbol -> !found.contains(symbol))
            .mapToObj(vocabulary::symbol)
            .toList();
    if (!missing.isEmpty() && !columns.isEmpty()) {
      add("lacks the " + (missing.size() == 1 ? "row" : "rows") + " of " + some(missing));
    }
    throwIfAny();
    return table;
  }

  private double[] ofBigrams(Path path, List<String> bigrams) throws InvalidInputException {
    double[] table = new double[bigrams.size() * vocabulary.size()];
    List<Row> rows = rows(path, List.of("input", "target"));
    for (int i = 0; i < Math.min(rows.size(), bigrams.size()); i++) {
      Row row = rows.get(i);
      String found = cell(row, "input") + cell(row, "target");
      if (!found.equals(bigrams.get(i))) {
        add(row, "is of the bigram \"%s\", allowed: \"%s\"".formatted(found, bigrams.get(i)));
      }
      put(row, table, i * vocabulary.size());
    }
    if (rows.size() != bigrams.size() && mistakes.isEmpty()) {
      add("has %,d rows, allowed: %,d, one for each bigram".formatted(rows.size(), bigrams.size()));
    }
    throwIfAny();
    return table;
  }

  /// The rows below the header that are as wide as it; none where a column that names them is
  /// missing.
  private List<Row> rows(Path path, List<String> names) throws InvalidInputException {
    List<Row> rows = new ArrayList<>();
    int line = 1;
    try (CSVParser parser = FORMAT.parse(new StringReader(SourceText.of(path, MOST_BYTES)))) {
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        add("is empty, allowed: CSV with a header");
        return List.of();
      }
      readHeader(new Row(Math.toIntExact(parser.getCurrentLineNumber()), records.next()), names);
      line = Math.toIntExact(parser.getCurrentLineNumber()) + 1;
      while (records.hasNext()) {
        CSVRecord cells = records.next();
        Row row = new Row(Math.toIntExact(parser.getCurrentLineNumber()), cells);
        line = row.line + 1;
        if (cells.size() == width) {
          rows.add(row);
        } else {
          add(row, "has %,d cells, but the header %,d".formatted(cells.size(), width));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      columns.clear();
      // The library knows of no other mistake in a text.
      mistakes.add(
          new Mistake(
              file,
              OptionalInt.of(line),
              OptionalInt.empty(),
              "is not CSV: a quotation mark opens a cell and does not close it, or something"
                  + " stands between the closing one and the next comma"));
    }
    return columns.keySet().containsAll(names) ? rows : List.of();
  }

  private void readHeader(Row header, List<String> names) {
    width = header.cells.size();
    for (int i = 0; i < width; i++) {
      String name = header.cells.get(i);
      if (columns.put(name, i) != null) {
        add(header, "has the column " + name + " twice");
      } else if (name.codePointCount(0, name.length()) == 1 && symbol(name) < 0) {
        add(header, "has the column " + name + ", which is no symbol of the words");
      }
    }
    List<String> missing = new ArrayList<>(names);
    IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::symbol).forEach(missing::add);
    missing.removeAll(columns.keySet());
    if (!missing.isEmpty()) {
      add(header, "lacks the " + (missing.size() == 1 ? "column " : "columns ") + some(missing));
    }
  }

  private void put(Row row, double[] table, int from) {
    for (int v = 0; v < vocabulary.size(); v++) {
      if (!columns.containsKey(vocabulary.symbol(v))) {
        continue; // The header's mistake, which is reported.
      }
      String cell = cell(row, vocabulary.symbol(v));
      double number = number(cell);
      if (!numbers.allow(number)) {
        add(
            row,
            "column %s: found \"%s\", allowed: %s"
                .formatted(vocabulary.symbol(v), cell, numbers.allowed));
      }
      table[from + v] = number;
    }
  }

  private String cell(Row row, String column) {
    return row.cells.get(columns.getOrDefault(column, 0));
  }

  /// NaN, which no table may hold, for what is no number.
  private static double number(String cell) {
    return NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
  }

  private int symbol(String name) {
    return name.codePointCount(0, name.length()) == 1 ? vocabulary.index(name.codePointAt(0)) : -1;
  }

  private static String some(Collection<String> names) {
    String listed = String.join(" ", names.stream().limit(LISTED).toList());
    int more = names.size() - LISTED;
    return more <= 0 ? listed : String.format(Locale.ROOT, "%s and %,d more", listed, more);
  }

  private void add(Row row, String message) {
    mistakes.add(new Mistake(file, OptionalInt.of(row.line), OptionalInt.empty(), message));
  }

  private void add(String message) {
    mistakes.add(Mistake.in(file, message));
  }

  private void throwIfAny() throws InvalidInputException {
    if (mistakes.isEmpty()) {
      return;
    }
    List<Mistake> shown = new ArrayList<>(mistakes.stream().limit(LISTED).toList());
    if (mistakes.size() > LISTED) {
      shown.add(
          Mistake.in(
              file, String.format(Locale.ROOT, "has %,d more mistakes", mistakes.size() - LISTED)));
    }
    throw new InvalidInputException(shown);
  }
}
