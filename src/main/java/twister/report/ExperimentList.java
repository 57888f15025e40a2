package twister.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import twister.ranking.DecidingLoss;
import twister.ranking.Ranking;
import twister.ranking.SeedGroup;
import twister.spec.LossUnit;
import twister.tracking.RunsTable;

/// Experiments, each in a row: how many runs it has, how far they are, and the best of them.
///
/// @param experiments their runs, in the order of the rows
/// @param unit of the losses
public record ExperimentList(List<RunsTable> experiments, LossUnit unit) {
  private static final int LEAST_WIDTH = 10;

  private static final Pattern TIME =
      Pattern.compile("^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}):[0-9]{2}Z$");

  private static List<DataTable.Column> columns(LossUnit unit) {
    return List.of(
        new DataTable.Column("experiment", "experiment", DataTable.Kind.WORD),
        new DataTable.Column("runs", "runs", DataTable.Kind.COUNT),
        new DataTable.Column("states", "states", DataTable.Kind.WORD),
        new DataTable.Column(
            unit.column("best_loss"),
            "best " + (unit == LossUnit.NATS ? "loss" : unit.word()),
            DataTable.Kind.FIGURE),
        new DataTable.Column("decided_by", "decided by", DataTable.Kind.WORD),
        new DataTable.Column("best_run", "best run", DataTable.Kind.WORD),
        new DataTable.Column("last_started", "last started", DataTable.Kind.WORD));
  }

  public ExperimentList {
    experiments = List.copyOf(experiments);
  }

  /// A row for each experiment. The best loss is the lowest mean of a setting, and the best run the
  /// best of that setting.
  public DataTable table() {
    return new DataTable(columns(unit), experiments.stream().map(this::row).toList());
  }

  /// The table for a person, of the columns that are needed to find an experiment again. The states
  /// say how many runs there are, and the times are those of UTC, to the minute.
  ///
  /// @param width of the lines, in columns of a terminal, as far as numbers need not be cut
  public String text(int width) {
    DataTable table = table();
    List<Integer> kept = List.of(0, 2, 3, 4, 5, 6);
    List<List<String>> rows =
        table.shown().stream()
            .map(row -> kept.stream().map(row::get).map(ExperimentList::toTheMinute).toList())
            .toList();
    TextTable text = new TextTable(rows, Set.of(2)).cut(width, Set.of(0, 1), LEAST_WIDTH);
    return text.text("") + System.lineSeparator();
  }

  private static String toTheMinute(String cell) {
    return TIME.matcher(cell).replaceFirst("$1 $2");
  }

  private List<Object> row(RunsTable runs) {
    DecidingLoss deciding = DecidingLoss.of(runs);
    Optional<SeedGroup> best =
        Ranking.of(runs).standings().stream()
            .filter(standing -> standing.rank() == 1)
            .map(Ranking.Standing::group)
            .findFirst();
    List<Object> row = new ArrayList<>();
    row.add(runs.experiment());
    row.add(runs.rows().size());
    row.add(SeedGroup.counts(RunsTable.statuses(runs.rows())));
    row.add(best.<Object>map(group -> unit.of(group.mean(deciding.column()))).orElse(""));
    row.add(best.isPresent() ? deciding.column() : "");
    row.add(
        best.flatMap(group -> group.best(deciding.column()))
            .map(run -> run.text("run"))
            .orElse(""));
    row.add(lastStarted(runs));
    return row;
  }

  /// When the newest run was started, to the second; nothing where no run says it.
  private static String lastStarted(RunsTable runs) {
    return runs.rows().stream()
        .map(run -> run.text("started"))
        .max(String::compareTo)
        .map(time -> time.replaceFirst("\\.[0-9]+Z$", "Z"))
        .orElse("");
  }
}
