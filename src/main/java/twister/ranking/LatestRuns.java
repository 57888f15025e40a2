package twister.ranking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;
import twister.tracking.RunsTable.Row;

/// The runs of an experiment that can stand in one chart.
public final class LatestRuns {
  private static final String DATA = "data_sha256";

  /// Keys of what is drawn after a training, which make it no other one.
  private static final String SAMPLES = "samples.";

  private LatestRuns() {}

  /// The runs that are over: of runs on other data, only those on the data of the newest one; of
  /// runs with the same settings on other devices, the newest.
  public static RunsTable of(RunsTable runs) {
    List<String> keys =
        runs.settings().stream().filter(setting -> !setting.startsWith(SAMPLES)).toList();
    Map<List<String>, Row> latest = new LinkedHashMap<>();
    for (Row run : runs.rows()) {
      if (run.status() == RunStatus.FINISHED || run.status() == RunStatus.DIVERGED) {
        List<String> key = new ArrayList<>(keys.stream().map(run::text).toList());
        key.add(run.text(DATA));
        latest.merge(key, run, LatestRuns::newer);
      }
    }
    Optional<String> data =
        latest.values().stream().reduce(LatestRuns::newer).map(run -> run.text(DATA));
    List<Row> rows =
        latest.values().stream()
            .filter(run -> data.filter(run.text(DATA)::equals).isPresent())
            .toList();
    return runs.with(rows).without(column -> column.startsWith(SAMPLES));
  }

  private static Row newer(Row a, Row b) {
    return a.text("started").compareTo(b.text("started")) > 0 ? a : b;
  }
}
