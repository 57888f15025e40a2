package twister.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Bigram tables for tests.
public final class BigramTables {
  public static final List<String> LETTERS =
      IntStream.concat(IntStream.of('.'), IntStream.rangeClosed('a', 'z'))
          .mapToObj(Character::toString)
          .toList();

  private BigramTables() {}

  /// Writes the `bigrams.csv` of a run.
  public static void write(Path folder, BigramTable table) throws IOException {
    StringBuilder text = new StringBuilder("previous,next,count,probability\n");
    int cells = table.symbols().size();
    for (int previous = 0; previous < cells; previous++) {
      for (int next = 0; next < cells; next++) {
        text.append(quoted(table.symbols().get(previous)))
            .append(',')
            .append(quoted(table.symbols().get(next)))
            .append(',')
            .append(table.count(previous, next))
            .append(',')
            .append(table.probability(previous, next))
            .append('\n');
      }
    }
    Files.writeString(folder.resolve("bigrams.csv"), text);
  }

  private static String quoted(String symbol) {
    return '"' + symbol.replace("\"", "\"\"") + '"';
  }

  /// A table of random counts, a third of them zero, with their row-normalised probabilities.
  public static BigramTable random(List<String> symbols, long seed) {
    Random random = new Random(seed);
    int size = symbols.size();
    long[] counts =
        random.longs((long) size * size, -3000, 6000).map(count -> Math.max(0, count)).toArray();
    double[] probabilities = new double[counts.length];
    for (int previous = 0; previous < size; previous++) {
      int start = previous * size;
      long row = IntStream.range(start, start + size).mapToLong(cell -> counts[cell]).sum();
      for (int cell = start; cell < start + size; cell++) {
        probabilities[cell] = row == 0 ? 1.0 / size : (double) counts[cell] / row;
      }
    }
    return new BigramTable(symbols, counts, probabilities);
  }
}
