package twister.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.ranking.ColumnNames;
import twister.ranking.Ranking;
import twister.ranking.Ranking.Standing;
import twister.report.Figures;
import twister.tracking.RunsTable;

/// What the settings of an experiment are called: by the keys that differ, `learning-rate 40, l2
/// 0.01`.
final class SettingNames {
  /// What differs between the rungs of successive halving, which makes no other setting.
  static final String STEPS = "training.steps";

  private final List<String> names;

  /// @param ranking whose settings have names, in its order
  SettingNames(Ranking ranking) {
    RunsTable runs = ranking.runs();
    ColumnNames columns = new ColumnNames(runs.columns());
    List<String> keys =
        Stream.concat(runs.settings().stream(), Stream.of("data_sha256", "device"))
            .filter(key -> !key.equals(RunsTable.SEED) && runs.differs(key))
            .filter(key -> runs.rungs().isEmpty() || !key.equals(STEPS))
            .toList();
    List<List<String>> values = new ArrayList<>();
    for (String key : keys) {
      values.add(
          Figures.settings(
              ranking.standings().stream()
                  .<Object>map(standing -> standing.group().common(key))
                  .toList()));
    }
    names = new ArrayList<>();
    for (Standing standing : ranking.standings()) {
      int place = names.size();
      names.add(
          Stream.iterate(0, i -> i + 1)
              .limit(keys.size())
              .filter(i -> !standing.group().common(keys.get(i)).isEmpty())
              .map(i -> columns.brief(keys.get(i)) + " " + values.get(i).get(place))
              .collect(Collectors.joining(", ")));
    }
  }

  /// The name of a setting; empty where there is only one.
  ///
  /// @param place in the ranking, from 0
  String of(int place) {
    return names.get(place);
  }
}
