package twister.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVPrinter;
import twister.tracking.Csv;
import twister.tracking.Evaluation;
import twister.tracking.ExperimentFolder;
import twister.tracking.LiveRuns;
import twister.tracking.Metrics;
import twister.tracking.PlainFile;
import twister.tracking.RunFolder;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// The losses of all runs of an experiment in one long table: a row for each run, part of the words
/// and step.
///
/// The step is how many updates the weights had: a loss after the update of a step, as
/// evaluation.csv has it, stands one further on, beside the training loss of the same weights.
/// Losses on the words learnt from are those of metrics.csv alone, so that no two rows have the
/// same run, part and step. Rows are handed on as they are read; none are held.
public final class LongTable {
  private static final String TRAIN = "train";
  private static final String LAST_COLUMNS = ",part,step,loss,nll,learning_rate";

  /// What every file of Parquet begins with.
  private static final String PARQUET = "PAR1";

  private static final int LONGEST_HEADER = 1 << 16;

  private final ExperimentFolder experiment;
  private final LiveRuns live;
  private final RunsTable runs;
  private final List<String> settings;
  private final List<String> problems = new ArrayList<>();
  private long rows;

  private LongTable(ExperimentFolder experiment) throws IOException {
    this.experiment = experiment;
    live = LiveRuns.of(experiment);
    runs = live.table();
    settings =
        runs.settings().stream()
            .filter(key -> key.equals(RunsTable.SEED) || runs.differs(key))
            .toList();
  }

  /// The table of an experiment.
  ///
  /// @throws IOException if the table of its runs cannot be read
  public static LongTable of(ExperimentFolder experiment) throws IOException {
    return new LongTable(experiment);
  }

  /// Whether a file is such a table, which may be replaced by a newer one; any other is somebody's.
  ///
  /// @throws IOException if it cannot be read
  public static boolean isOne(Path file) throws IOException {
    try (InputStream in = PlainFile.open(file)) {
      String begin = new String(in.readNBytes(LONGEST_HEADER), StandardCharsets.ISO_8859_1);
      String header = begin.lines().findFirst().orElse("");
      return header.startsWith(PARQUET) || header.endsWith(LAST_COLUMNS);
    }
  }

  /// Runs that cannot be believed, of which there are no rows, in words; known when the table was
  /// written.
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /// How many rows were written.
  public long rows() {
    return rows;
  }

  /// The names of the columns and what they hold, in SQL's words.
  Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("run", "VARCHAR");
    types.put("status", "VARCHAR");
    settings.forEach(key -> types.put(key, type(key)));
    types.put("part", "VARCHAR");
    types.put("step", "BIGINT");
    Stream.of("loss", "nll", "learning_rate").forEach(column -> types.put(column, "DOUBLE"));
    return types;
  }

  private String type(String key) {
    Stream<String> cells = runs.rows().stream().map(row -> row.text(key));
    if (cells.allMatch(cell -> cell.matches("-?[0-9]{0,18}"))) {
      return "BIGINT";
    }
    return switch (Hyperparameter.kind(runs, key)) {
      case TEXT -> "VARCHAR";
      case TRUTH -> "BOOLEAN";
      case NUMBER -> "DOUBLE";
    };
  }

  /// Takes a row.
  @FunctionalInterface
  private interface Sink {
    void accept(String part, long step, double loss, double nll, String rate) throws IOException;
  }

  /// Writes the table as CSV.
  ///
  /// @throws IOException if it cannot be written
  public void writeCsv(OutputStream out) throws IOException {
    CSVPrinter csv =
        new CSVPrinter(
            new OutputStreamWriter(out, StandardCharsets.UTF_8),
            Csv.format(List.copyOf(types().keySet())));
    for (RunsTable.Row row : runs.rows()) {
      RunFolder folder =
          live.inTraining().getOrDefault(row.text("run"), experiment.run(row.text("run")));
      Optional<String> problem = problem(row, folder);
      if (problem.isPresent()) {
        problems.add(problem.get());
      } else if (row.status() != RunStatus.FAILED) {
        write(row, folder, csv);
      }
    }
    csv.flush();
  }

  /// What is wrong with the files of a run, which is known at their ends: they are read once before
  /// any of their rows is written.
  private static Optional<String> problem(RunsTable.Row row, RunFolder folder) {
    try {
      if (row.status() != RunStatus.FAILED) {
        read(folder, (_, _, _, _, _) -> {});
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void write(RunsTable.Row row, RunFolder folder, CSVPrinter csv) throws IOException {
    List<String> first =
        Stream.concat(Stream.of("run", "status"), settings.stream()).map(row::text).toList();
    read(
        folder,
        (part, step, loss, nll, rate) -> {
          for (String cell : first) {
            csv.print(cell);
          }
          csv.print(part);
          csv.print(step);
          csv.print(loss);
          csv.print(nll);
          csv.print(rate);
          csv.println();
          rows++;
        });
  }

  private static void read(RunFolder folder, Sink sink) throws IOException {
    if (folder.has(folder.metrics())) {
      Metrics.forEachRow(
          folder.metrics(), (step, loss, nll, rate) -> sink.accept(TRAIN, step, loss, nll, rate));
    }
    if (folder.has(folder.evaluation())) {
      for (Evaluation next : Evaluation.read(folder.evaluation())) {
        if (!next.split().equals(TRAIN)) {
          sink.accept(next.split(), next.step() + 1, next.loss(), next.loss(), "");
        }
      }
    }
  }
}
