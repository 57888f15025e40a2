package twister.tracking;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import twister.data.Contexts;

/// Reads the trained weights of a run.
public final class WeightsReader {
  private WeightsReader() {}

  /// The weights of `weights.csv`, the same bits that were written.
  ///
  /// @param contexts those of the run's data
  /// @return (C, V), row-major
  /// @throws IOException naming file and line if the file cannot be read or belongs to other data
  public static double[] weights(Path file, Contexts contexts) throws IOException {
    int symbols = contexts.vocabulary().size();
    double[] weights = new double[Math.multiplyExact(contexts.size(), symbols)];
    try (Reader text = Files.newBufferedReader(file);
        CSVParser parser = Csv.format(RunTables.WEIGHTS).parse(text)) {
      Iterator<CSVRecord> rows = parser.iterator();
      expect(RunTables.WEIGHTS, rows, file, 1);
      for (int c = 0; c < contexts.size(); c++) {
        String context = contexts.text(c);
        for (int v = 0; v < symbols; v++) {
          int i = c * symbols + v;
          String symbol = contexts.vocabulary().symbol(v);
          weights[i] = weight(expect(List.of(context, symbol), rows, file, i + 2), file, i + 2);
        }
      }
      if (rows.hasNext()) {
        throw problem(file, weights.length + 2, "nothing", rows.next());
      }
    } catch (UncheckedIOException e) {
      throw new IOException(file + ": not CSV in UTF-8: " + e.getMessage(), e);
    }
    return weights;
  }

  private static CSVRecord expect(
      List<String> beginning, Iterator<CSVRecord> rows, Path file, int line) throws IOException {
    if (!rows.hasNext()) {
      throw new IOException(file + ", line " + line + ": expected a row, found the end");
    }
    CSVRecord row = rows.next();
    if (row.size() != RunTables.WEIGHTS.size()
        || !row.toList().subList(0, beginning.size()).equals(beginning)) {
      throw problem(file, line, String.join(",", beginning), row);
    }
    return row;
  }

  private static double weight(CSVRecord row, Path file, int line) throws IOException {
    try {
      return Double.parseDouble(row.get(2));
    } catch (NumberFormatException e) {
      throw problem(file, line, "a weight", row);
    }
  }

  private static IOException problem(Path file, int line, String expected, CSVRecord found) {
    return new IOException(
        "%s, line %,d: expected %s, found %s"
            .formatted(file, line, expected, String.join(",", found.toList())));
  }
}
