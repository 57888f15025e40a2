package twister.ranking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;
import twister.tracking.RunsTable.Row;

/// The runs of an experiment that can stand in one chart.
public final class LatestRuns {
  private static final String DATA = "data_sha256";
  private static final String RUN = "run";

  private LatestRuns() {}

  /// The runs that are over: of runs on other data, only those on the data of the newest one; of
  /// runs with the same settings on other devices, the newest.
  public static RunsTable of(RunsTable runs) {
    List<String> keys = runs.settings();
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
    return runs.with(rows);
  }

  /// Each training once: of complete runs with the same settings on the same data and device, the
  /// newest. Versions that named runs by the names drawn from them kept one for each such name.
  static RunsTable once(RunsTable runs) {
    List<String> keys =
        Stream.concat(runs.settings().stream(), Stream.of(DATA, "device"))
            .filter(runs::differs)
            .toList();
    Map<List<String>, Row> newest = new HashMap<>();
    for (Row run : runs.rows()) {
      if (run.status().isComplete()) {
        newest.merge(keys.stream().map(run::text).toList(), run, LatestRuns::newer);
      }
    }
    Set<String> names =
        newest.values().stream().map(run -> run.text(RUN)).collect(Collectors.toSet());
    return runs.where(run -> !run.status().isComplete() || names.contains(run.text(RUN)));
  }

  private static Row newer(Row a, Row b) {
    return a.text("started").compareTo(b.text("started")) > 0 ? a : b;
  }
}
