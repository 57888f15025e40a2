package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The losses that the data itself sets as marks, from the table of n-grams of a run, in nats per
/// character.
public final class DataLosses {
  private static final int CONTEXT = 0;
  private static final int NEXT = 1;
  private static final int COUNT = 2;

  private final Set<String> symbols = new HashSet<>();
  private final List<Long> counts = new ArrayList<>();
  private String context = "";
  private double weighted;
  private double total;

  private DataLosses() {}

  /// Reads a table of n-grams, whose rows stand together by context.
  ///
  /// @param contextColumn what the table calls the symbols before the last
  /// @throws IOException naming file and line if it cannot be read
  public static DataLosses read(Path file, String contextColumn) throws IOException {
    DataLosses losses = new DataLosses();
    new CsvRows(file, List.of(contextColumn, "next", "count")).forEach(losses::add);
    losses.endContext();
    return losses;
  }

  private void add(CsvRows.Row row) throws IOException {
    if (!row.text(CONTEXT).equals(context)) {
      endContext();
      context = row.text(CONTEXT);
    }
    symbols.add(row.text(NEXT));
    counts.add(row.count(COUNT));
  }

  private void endContext() {
    double row = 0;
    for (long n : counts) {
      row += n;
    }
    for (double n : counts) {
      weighted -= n == 0 ? 0 : n * Math.log(n / row);
    }
    total += row;
    counts.clear();
  }

  /// The number of symbols, V.
  public int symbols() {
    return symbols.size();
  }

  /// The loss that no n-gram model of this order beats on these counts, that of their own maximum
  /// likelihood (Shannon 1948, section 6, the conditional entropy of the table): -sum n / N ln(n /
  /// row); NaN if nothing was counted.
  public double lowest() {
    return weighted / total;
  }
}
