package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
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
    int[] read = {0};
    int last = header.size() - 1;
    CsvRows rows = new CsvRows(file, header);
    rows.forEach(
        row -> {
          if (read[0] == size) {
            throw row.problem(0, "the end after %,d weights".formatted(size));
          }
          List<String> expected = beginning.of(read[0]);
          for (int column = 0; column < last; column++) {
            String text = expected.get(column);
            if (!row.text(column, text).equals(text)) {
              throw row.problem(column, "'" + text + "'");
            }
          }
          weights[read[0]++] = finite(row, last);
        });
    if (read[0] < size) {
      throw new IOException(
          "%s, line %,d: expected a row, found the end".formatted(file, read[0] + 2));
    }
    return weights;
  }

  private static double finite(CsvRows.Row row, int column) throws IOException {
    double weight = row.number(column);
    if (!Double.isFinite(weight)) {
      throw row.problem(column, "a finite number");
    }
    return weight;
  }

  /// The weights of any model in `weights.csv`, in the order of the file.
  ///
  /// @throws IOException naming file and line if the file cannot be read
  public static double[] all(Path file) throws IOException {
    DoubleStream.Builder weights = DoubleStream.builder();
    new CsvRows(file, List.of("weight")).forEach(row -> weights.add(finite(row, 0)));
    return weights.build().toArray();
  }
}
