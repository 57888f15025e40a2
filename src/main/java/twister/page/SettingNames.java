package twister.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.ranking.ColumnNames;
import twister.ranking.Ranking;
import twister.ranking.Ranking.Standing;
import twister.report.Figures;
import twister.tracking.RunsTable;

/// What the settings of an experiment are called: by the keys that differ, `learning-rate 40, l2
/// 0.01`.
final class SettingNames {
  private static final int LETTERS_OF_HASH = 12;

  private final List<String> names;

  /// @param ranking whose settings have names, in its order
  SettingNames(Ranking ranking) {
    RunsTable runs = ranking.runs();
    ColumnNames columns = new ColumnNames(runs.columns());
    List<String> keys =
        Stream.concat(
                runs.varying().stream(), Stream.of("data_sha256", "device").filter(runs::differs))
            .filter(key -> runs.rungs().isEmpty() || !key.equals(Ranking.STEPS))
            .toList();
    List<List<String>> values = new ArrayList<>();
    for (String key : keys) {
      values.add(
          Figures.settings(
              ranking.standings().stream()
                  .<Object>map(standing -> brief(key, standing.group().common(key)))
                  .toList()));
    }
    names = new ArrayList<>();
    for (Standing standing : ranking.standings()) {
      int place = names.size();
      names.add(
          IntStream.range(0, keys.size())
              .filter(i -> !standing.group().common(keys.get(i)).isEmpty())
              .mapToObj(i -> columns.brief(keys.get(i)) + " " + values.get(i).get(place))
              .collect(Collectors.joining(", ")));
    }
  }

  /// Hashes by their first letters, which tell them apart.
  private static String brief(String key, String value) {
    return key.equals("data_sha256")
        ? value.substring(0, Math.min(LETTERS_OF_HASH, value.length()))
        : value;
  }

  /// The name of a setting; empty where there is only one.
  ///
  /// @param place in the ranking, from 0
  String of(int place) {
    return names.get(place);
  }
}
