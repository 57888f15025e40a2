package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
/// that of the later experiment, by their names, takes the next look that is free.
final class RunPlaces {
  private RunPlaces() {}

  /// The looks of some runs, whatever the order in which they are named.
  ///
  /// @param runs at most as many as there are looks
  static List<CurveStyle> looks(List<RunFolder> runs) {
    Map<Path, List<String>> orders = new HashMap<>();
    List<Place> places = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      Path folder = runs.get(run).path().toAbsolutePath().normalize();
      Path experiment = folder.resolveSibling("");
      List<String> order = orders.computeIfAbsent(experiment, RunPlaces::order);
      int place = Math.max(0, order.indexOf(String.valueOf(folder.getFileName())));
      places.add(new Place(run, experiment.toString(), place));
    }
    places.sort(Comparator.comparing(Place::experiment).thenComparingInt(Place::place));
    Set<Integer> taken = new HashSet<>();
    CurveStyle[] looks = new CurveStyle[runs.size()];
    for (Place place : places) {
      int look = place.place();
      while (!taken.add(look % CurveStyle.SERIES.size())) {
        look++;
      }
      looks[place.run()] = CurveStyle.SERIES.get(look % CurveStyle.SERIES.size());
    }
    return List.of(looks);
  }

  /// Where a run stands among those of its experiment.
  private record Place(int run, String experiment, int place) {}

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
