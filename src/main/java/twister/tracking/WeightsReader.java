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
import twister.model.MlpShape;

/// Reads the trained weights of a run.
public final class WeightsReader {
  private WeightsReader() {}

  /// What the cells of a row before its weight say, by the number of the weight.
  @FunctionalInterface
  private interface Beginning {
    List<String> of(int number);
  }

  /// The weights of `weights.csv`, the same bits that were written.
  ///
  /// @param contexts those of the run's data
  /// @return (C, V), row-major
  /// @throws IOException naming file and line if the file cannot be read or belongs to other data
  public static double[] weights(Path file, Contexts contexts) throws IOException {
    int symbols = contexts.vocabulary().size();
    return read(
        file,
        RunTables.WEIGHTS,
        Math.multiplyExact(contexts.size(), symbols),
        i -> List.of(contexts.text(i / symbols), contexts.vocabulary().symbol(i % symbols)));
  }

  /// The parameters of a multi-layer perceptron in `weights.csv`, the same bits that were written.
  ///
  /// @return flat, as [MlpShape] lays them
  /// @throws IOException naming file and line if the file cannot be read or belongs to another
  ///   shape
  public static double[] parameters(Path file, MlpShape shape) throws IOException {
    return read(
        file,
        RunTables.PARAMETERS,
        shape.parameters(),
        i -> {
          RunTables.ParameterPlace place = RunTables.ParameterPlace.of(shape, i);
          return List.of(
              place.tensor(), Integer.toString(place.row()), Integer.toString(place.column()));
        });
  }

  private static double[] read(Path file, List<String> header, int size, Beginning beginning)
      throws IOException {
    double[] weights = new double[size];
    try (Reader text = Files.newBufferedReader(file);
        CSVParser parser = Csv.format(header).parse(text)) {
      Iterator<CSVRecord> rows = parser.iterator();
      expect(header, header.size(), rows, file, 1);
      for (int i = 0; i < size; i++) {
        CSVRecord row = expect(beginning.of(i), header.size(), rows, file, i + 2);
        weights[i] = weight(row, file, i + 2);
      }
      if (rows.hasNext()) {
        throw problem(file, size + 2, "nothing", rows.next());
      }
    } catch (UncheckedIOException e) {
      throw new IOException(file + ": not CSV in UTF-8: " + e.getMessage(), e);
    }
    return weights;
  }

  private static CSVRecord expect(
      List<String> beginning, int cells, Iterator<CSVRecord> rows, Path file, int line)
      throws IOException {
    if (!rows.hasNext()) {
      throw new IOException(file + ", line " + line + ": expected a row, found the end");
    }
    CSVRecord row = rows.next();
    if (row.size() != cells || !row.toList().subList(0, beginning.size()).equals(beginning)) {
      throw problem(file, line, String.join(",", beginning), row);
    }
    return row;
  }

  private static double weight(CSVRecord row, Path file, int line) throws IOException {
    double weight;
    try {
      weight = Double.parseDouble(row.get(row.size() - 1));
    } catch (NumberFormatException e) {
      throw problem(file, line, "a weight", row);
    }
    if (!Double.isFinite(weight)) {
      throw problem(file, line, "a weight that is a finite number", row);
    }
    return weight;
  }

  private static IOException problem(Path file, int line, String expected, CSVRecord found) {
    return new IOException(
        "%s, line %,d: expected %s, found %s"
            .formatted(file, line, expected, String.join(",", found.toList())));
  }
}
