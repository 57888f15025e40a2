package twister.chart;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import twister.ranking.ColumnNames;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;

/// What runs are called where several stand in a figure: by the settings in which they differ.
final class RunNames {
  private RunNames() {}

  /// What differs between the runs, such as `learning-rate 10, l2 0.1`; the run's name where that
  /// does not tell them apart.
  static List<String> of(List<RunFolder> runs) {
    List<String> names = of(runs, Set.of());
    boolean areTold = names.stream().distinct().count() == names.size() && !names.contains("");
    return areTold
        ? names
        : runs.stream().map(run -> String.valueOf(run.path().getFileName())).toList();
  }

  /// What differs between the runs, but for what is told elsewhere; equal where nothing else does.
  ///
  /// @param without the settings that are told elsewhere
  static List<String> of(List<RunFolder> runs, Set<String> without) {
    List<Map<String, Object>> settings = settings(runs);
    List<String> differing =
        differing(settings).stream().filter(key -> !without.contains(key)).toList();
    ColumnNames brief = new ColumnNames(List.copyOf(keys(settings)));
    return settings.stream()
        .map(
            all ->
                differing.stream()
                    .filter(all::containsKey)
                    .map(key -> brief.brief(key) + " " + text(Objects.requireNonNull(all.get(key))))
                    .collect(Collectors.joining(", ")))
        .toList();
  }

  /// The settings of each run; none of one that cannot be read.
  static List<Map<String, Object>> settings(List<RunFolder> runs) {
    return runs.stream()
        .map(run -> run.record().map(RunRecord::settings).orElse(Map.of()))
        .toList();
  }

  private static Set<String> keys(List<Map<String, Object>> settings) {
    Set<String> keys = new LinkedHashSet<>();
    settings.forEach(all -> keys.addAll(all.keySet()));
    return keys;
  }

  /// The settings that are not the same for all.
  static List<String> differing(List<Map<String, Object>> settings) {
    return keys(settings).stream()
        .filter(
            key ->
                settings.stream().map(all -> String.valueOf(all.get(key))).distinct().count() > 1)
        .toList();
  }

  private static String text(Object value) {
    return value instanceof Double number ? Numbers.significant(number) : value.toString();
  }
}
