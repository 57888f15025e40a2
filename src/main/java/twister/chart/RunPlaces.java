package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.tracking.RunsTable;

/// Which of the looks of [CurveStyle#SERIES] a run has: the same in every chart. It goes by the
/// run's place among the runs of its experiment. Where two runs of one chart would look the same,
/// the one named later takes the next look that is free.
final class RunPlaces {
  private RunPlaces() {}

  /// The looks of some runs.
  ///
  /// @param runs at most as many as there are looks
  static List<CurveStyle> looks(List<RunFolder> runs) {
    Map<Path, List<String>> orders = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    List<CurveStyle> looks = new ArrayList<>();
    for (RunFolder run : runs) {
      Path folder = run.path().toAbsolutePath().normalize();
      List<String> order = orders.computeIfAbsent(folder.resolveSibling(""), RunPlaces::order);
      int place = Math.max(0, order.indexOf(String.valueOf(folder.getFileName())));
      while (!taken.add(place % CurveStyle.SERIES.size())) {
        place++;
      }
      looks.add(CurveStyle.SERIES.get(place % CurveStyle.SERIES.size()));
    }
    return looks;
  }

  private static List<String> order(Path experiment) {
    try {
      return RunsTable.read(new ExperimentFolder(experiment)).rows().stream()
          .map(row -> row.text("run"))
          .toList();
    } catch (IOException e) {
      // A run may have been copied away from its experiment.
      return List.of();
    }
  }
}
