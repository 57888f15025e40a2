package twister.tracking;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVPrinter;
import twister.backend.Profile;
import twister.data.Contexts;
import twister.data.NgramCounts;
import twister.data.Vocabulary;
import twister.model.MlpShape;
import twister.model.ProbabilityTable;

/// Writes the tables that a trained run leaves behind.
public final class RunTables {
  /// The columns of `weights.csv`.
  static final List<String> WEIGHTS = List.of("context", "symbol", "weight");

  /// The columns of `weights.csv` of a multi-layer perceptron.
  static final List<String> PARAMETERS = List.of("tensor", "row", "column", "weight");

  private RunTables() {}

  /// What a table holds below its header.
  @FunctionalInterface
  interface Rows {
    void print(CSVPrinter rows) throws IOException;
  }

  /// Writes a whole table.
  static void write(Path file, List<String> header, Rows content) throws IOException {
    WholeFile.write(
        file,
        out -> {
          CSVPrinter rows =
              new CSVPrinter(
                  new OutputStreamWriter(out, StandardCharsets.UTF_8), Csv.format(header));
          content.print(rows);
          rows.flush();
        });
  }

  /// Writes `metrics.csv` of a model in closed form: its loss, at step 0, without a learning rate.
  ///
  /// @throws IOException if the file cannot be written
  public static void writeClosedForm(Path file, double loss) throws IOException {
    write(
        file,
        List.of("step", "loss", "nll", "learning_rate"),
        rows -> rows.printRecord(0, loss, loss, ""));
  }

  /// Writes `profile.csv`: a row for each task, for the copies to the device and back, and for the
  /// rest of the time, in which the device waited.
  ///
  /// @throws IOException if the file cannot be written
  public static void writeProfile(Path file, Profile profile) throws IOException {
    Profile.Transfers copies = profile.transfers();
    long tasks =
        profile.tasks().values().stream()
            .mapToLong(task -> task.kernelNanoseconds() + task.compileNanoseconds())
            .sum();
    long rest = profile.nanoseconds() - tasks - copies.inNanoseconds();
    write(
        file,
        List.of("part", "launches", "seconds", "compile_seconds", "bytes"),
        rows -> {
          for (var entry : profile.tasks().entrySet()) {
            Profile.Task task = entry.getValue();
            rows.printRecord(
                entry.getKey(),
                task.launches(),
                task.kernelNanoseconds() / 1e9,
                task.compileNanoseconds() / 1e9,
                "");
          }
          rows.printRecord(
              "copies in", profile.launches(), copies.inNanoseconds() / 1e9, 0, copies.inBytes());
          rows.printRecord("copies out", "", copies.outNanoseconds() / 1e9, 0, copies.outBytes());
          rows.printRecord("waiting", profile.launches(), Math.max(0, rest) / 1e9, 0, "");
        });
  }

  /// Writes `bigrams.csv`: the count and the model's probability of every pair, (V, V) row-major.
  ///
  /// @throws IOException if the file cannot be written
  public static void writeBigrams(
      Path file, Contexts contexts, NgramCounts counts, ProbabilityTable model) throws IOException {
    List<String> header = List.of("previous", "next", "count", "probability");
    write(file, header, rows -> printNgrams(rows, contexts, counts, model, 0));
  }

  /// Writes `ngrams.csv`: the count and the model's probability of every n-gram that occurs, in the
  /// order of the contexts.
  ///
  /// @throws IOException if the file cannot be written
  public static void writeNgrams(
      Path file, Contexts contexts, NgramCounts counts, ProbabilityTable model) throws IOException {
    List<String> header = List.of("context", "next", "count", "probability");
    write(file, header, rows -> printNgrams(rows, contexts, counts, model, 1));
  }

  /// Writes `ngrams.csv` of a model that has no table of probabilities: the count of every n-gram
  /// that occurs, in the order of the contexts.
  ///
  /// @throws IOException if the file cannot be written
  public static void writeNgrams(Path file, Contexts contexts, NgramCounts counts)
      throws IOException {
    String[] symbols = symbols(contexts.vocabulary());
    write(
        file,
        List.of("context", "next", "count"),
        rows -> {
          for (int c = 0; c < counts.contexts(); c++) {
            for (int v = 0; v < symbols.length; v++) {
              if (counts.count(c, v) > 0) {
                rows.printRecord(contexts.text(c), symbols[v], counts.count(c, v));
              }
            }
          }
        });
  }

  /// Writes `weights.csv` of a multi-layer perceptron.
  ///
  /// @param parameters flat, as [MlpShape] lays them
  /// @throws IOException if the file cannot be written
  public static void writeParameters(Path file, MlpShape shape, double[] parameters)
      throws IOException {
    write(
        file,
        PARAMETERS,
        rows -> {
          for (int i = 0; i < parameters.length; i++) {
            ParameterPlace place = ParameterPlace.of(shape, i);
            rows.printRecord(place.tensor(), place.row(), place.column(), parameters[i]);
          }
        });
  }

  /// Where a parameter of a multi-layer perceptron is in its tensors.
  record ParameterPlace(String tensor, int row, int column) {

    /// The place of a parameter by its number in the flat array that [MlpShape] describes.
    static ParameterPlace of(MlpShape shape, int number) {
      if (number < shape.w1()) {
        return in("C", number, shape.embedding());
      }
      if (number < shape.b1()) {
        return in("W1", number - shape.w1(), shape.hidden());
      }
      if (number < shape.w2()) {
        return in("b1", number - shape.b1(), shape.hidden());
      }
      return number < shape.b2()
          ? in("W2", number - shape.w2(), shape.symbols())
          : in("b2", number - shape.b2(), shape.symbols());
    }

    private static ParameterPlace in(String tensor, int number, int columns) {
      return new ParameterPlace(tensor, number / columns, number % columns);
    }
  }

  private static void printNgrams(
      CSVPrinter rows, Contexts contexts, NgramCounts counts, ProbabilityTable model, int least)
      throws IOException {
    String[] symbols = symbols(contexts.vocabulary());
    for (int c = 0; c < counts.contexts(); c++) {
      String context = contexts.text(c);
      for (int v = 0; v < symbols.length; v++) {
        if (counts.count(c, v) >= least) {
          rows.printRecord(context, symbols[v], counts.count(c, v), model.probability(c, v));
        }
      }
    }
  }

  /// Writes `weights.csv`.
  ///
  /// @param weights (C, V), row-major
  /// @throws IOException if the file cannot be written
  public static void writeWeights(Path file, Contexts contexts, double[] weights)
      throws IOException {
    String[] symbols = symbols(contexts.vocabulary());
    write(
        file,
        WEIGHTS,
        rows -> {
          for (int c = 0; c < contexts.size(); c++) {
            String context = contexts.text(c);
            for (int v = 0; v < symbols.length; v++) {
              rows.printRecord(context, symbols[v], weights[c * symbols.length + v]);
            }
          }
        });
  }

  private static String[] symbols(Vocabulary vocabulary) {
    return IntStream.range(0, vocabulary.size())
        .mapToObj(vocabulary::symbol)
        .toArray(String[]::new);
  }
}
