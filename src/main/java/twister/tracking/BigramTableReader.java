package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Builds a bigram table from its file and refuses one that is not square and in order: the rows
/// with the first previous symbol name the vocabulary, every later row must follow it.
final class BigramTableReader {
  private static final int PREVIOUS = 0;
  private static final int NEXT = 1;
  private static final int COUNT = 2;
  private static final int PROBABILITY = 3;

  private final Path file;
  private final List<String> symbols = new ArrayList<>();
  private long[] counts = new long[1024];
  private double[] probabilities = new double[1024];
  private int size;

  BigramTableReader(Path file) {
    this.file = file;
  }

  BigramTable read() throws IOException {
    new CsvRows(file, List.of("previous", "next", "count", "probability")).forEach(this::add);
    int cells = symbols.size() * symbols.size();
    if (size == 0 || size != cells) {
      throw new IOException(
          "%s: expected %d rows, one per pair of symbols, found %d"
              .formatted(file, Math.max(1, cells), size));
    }
    return new BigramTable(
        symbols, Arrays.copyOf(counts, size), Arrays.copyOf(probabilities, size));
  }

  private void add(CsvRows.Row row) throws IOException {
    if (size == symbols.size() && (size == 0 || row.text(PREVIOUS).equals(symbols.getFirst()))) {
      addSymbol(row);
    }
    int previous = size / symbols.size();
    if (previous == symbols.size()) {
      throw row.problem(PREVIOUS, "the end after the last pair");
    }
    require(row, PREVIOUS, symbols.get(previous));
    require(row, NEXT, symbols.get(size % symbols.size()));
    if (size == counts.length) {
      counts = Arrays.copyOf(counts, 2 * size);
      probabilities = Arrays.copyOf(probabilities, 2 * size);
    }
    counts[size] = row.count(COUNT);
    probabilities[size] = row.number(PROBABILITY);
    size++;
  }

  private void addSymbol(CsvRows.Row row) throws IOException {
    if (symbols.contains(row.text(NEXT))) {
      throw row.problem(NEXT, "a symbol not seen before");
    }
    symbols.add(row.text(NEXT));
  }

  private static void require(CsvRows.Row row, int column, String symbol) throws IOException {
    if (!row.text(column).equals(symbol)) {
      throw row.problem(column, "'" + symbol + "' in vocabulary order");
    }
  }
}
