package twister.chart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.ranking.ColumnNames;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;

/// What runs are called where several stand in a figure: by the settings in which they differ, or
/// by their experiments where those are many.
final class RunNames {
  /// More settings than this are more than a legend has room for.
  private static final int FEW = 3;

  private static final String DATA = "data";
  private static final String DEVICE = "device";

  private RunNames() {}

  /// What differs between the runs, such as `learning-rate 10, l2 0.1`. Runs of several experiments
  /// that differ in more than that have the names of these, and what differs within one. Runs that
  /// are still not told apart have their own names, too.
  static List<String> of(List<RunFolder> runs) {
    List<String> experiments = runs.stream().map(RunNames::experiment).toList();
    List<Map<String, Object>> facts = facts(runs);
    List<String> differing = differing(facts);
    boolean areBrief =
        differing.size() <= FEW
            && facts.stream().allMatch(all -> all.keySet().containsAll(differing));
    List<String> names = named(facts, telling(facts, differing));
    boolean areOfOne = experiments.stream().distinct().count() == 1;
    return told(
        areOfOne || (areBrief && areTold(names)) ? names : byExperiment(experiments, facts), runs);
  }

  /// The settings in which runs differ, where no name says it; empty where names say all.
  static Optional<String> unnamed(List<RunFolder> runs) {
    List<Map<String, Object>> facts = facts(runs);
    String names = String.join(", ", of(runs));
    ColumnNames brief = new ColumnNames(List.copyOf(keys(facts)));
    List<String> keys =
        differing(facts).stream()
            .map(brief::brief)
            .filter(key -> !(", " + names).contains(", " + key + " "))
            .toList();
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "The runs also differ in "
            + (keys.size() <= FEW
                ? String.join(", ", keys)
                : keys.size() + " settings, which twister compare names"));
  }

  private static String experiment(RunFolder run) {
    Path parent = run.path().toAbsolutePath().normalize().getParent();
    return parent == null ? "" : String.valueOf(parent.getFileName());
  }

  private static List<String> byExperiment(
      List<String> experiments, List<Map<String, Object>> facts) {
    List<String> names = new ArrayList<>();
    for (int run = 0; run < facts.size(); run++) {
      String experiment = experiments.get(run);
      List<Map<String, Object>> same =
          IntStream.range(0, facts.size())
              .filter(other -> experiments.get(other).equals(experiment))
              .mapToObj(facts::get)
              .toList();
      String within = named(facts.get(run), facts, telling(same, differing(same)));
      names.add(within.isEmpty() ? experiment : experiment + ", " + within);
    }
    return names;
  }

  /// All keys where they are few, else as many as tell the runs apart.
  private static List<String> telling(List<Map<String, Object>> facts, List<String> differing) {
    if (differing.size() <= FEW) {
      return differing;
    }
    Set<String> telling = new TreeSet<>();
    long told = 1;
    while (told < facts.size()) {
      long before = told;
      Optional<String> next =
          differing.stream()
              .filter(key -> different(facts, with(telling, key)) > before)
              .max(
                  Comparator.comparing((String key) -> isOfAll(facts, key))
                      .thenComparingLong(key -> different(facts, with(telling, key)))
                      .thenComparingInt(key -> -differing.indexOf(key)));
      if (next.isEmpty()) {
        break;
      }
      telling.add(next.get());
      told = different(facts, telling);
    }
    return differing.stream().filter(telling::contains).toList();
  }

  private static boolean isOfAll(List<Map<String, Object>> facts, String key) {
    return facts.stream().allMatch(all -> all.containsKey(key));
  }

  private static Set<String> with(Set<String> keys, String key) {
    Set<String> more = new TreeSet<>(keys);
    more.add(key);
    return more;
  }

  private static long different(List<Map<String, Object>> facts, Set<String> keys) {
    return facts.stream()
        .map(all -> keys.stream().map(key -> String.valueOf(all.get(key))).toList())
        .distinct()
        .count();
  }

  private static boolean areTold(List<String> names) {
    return names.stream().distinct().count() == names.size() && !names.contains("");
  }

  /// Names that are told apart: by the runs' own names, and by where they lie if that is not
  /// enough.
  private static List<String> told(List<String> names, List<RunFolder> runs) {
    List<String> longer = longer(names, runs, run -> String.valueOf(run.path().getFileName()));
    return longer(longer, runs, run -> String.valueOf(run.path()));
  }

  private static List<String> longer(
      List<String> names, List<RunFolder> runs, Function<RunFolder, String> more) {
    return IntStream.range(0, names.size())
        .mapToObj(
            place -> {
              String name = names.get(place);
              boolean isTold = !name.isEmpty() && Collections.frequency(names, name) == 1;
              String added = more.apply(runs.get(place));
              return isTold ? name : name.isEmpty() ? added : name + ", " + added;
            })
        .toList();
  }

  /// What differs between the runs, but for what is told elsewhere; equal where nothing else does.
  ///
  /// @param without the settings that are told elsewhere
  static List<String> of(List<RunFolder> runs, Set<String> without) {
    List<Map<String, Object>> settings = settings(runs);
    return named(
        settings, differing(settings).stream().filter(key -> !without.contains(key)).toList());
  }

  private static List<String> named(List<Map<String, Object>> facts, List<String> keys) {
    return facts.stream().map(all -> named(all, facts, keys)).toList();
  }

  /// The values that a run has of some keys.
  ///
  /// @param facts of all runs, among whose keys the names of these are told apart
  private static String named(
      Map<String, Object> run, List<Map<String, Object>> facts, List<String> keys) {
    ColumnNames brief = new ColumnNames(List.copyOf(keys(facts)));
    return keys.stream()
        .filter(run::containsKey)
        .map(key -> brief.brief(key) + " " + text(Objects.requireNonNull(run.get(key))))
        .collect(Collectors.joining(", "));
  }

  /// The settings of each run, the file of its words and its device.
  private static List<Map<String, Object>> facts(List<RunFolder> runs) {
    List<Optional<RunRecord>> records = runs.stream().map(RunFolder::record).toList();
    boolean isOfOneData =
        records.stream()
                .map(run -> run.map(known -> known.provenance().data().sha256()))
                .distinct()
                .count()
            == 1;
    return records.stream()
        .map(
            run -> {
              Map<String, Object> facts = new LinkedHashMap<>();
              if (!isOfOneData) {
                run.ifPresent(known -> facts.put(DATA, data(known)));
              }
              facts.putAll(run.map(RunRecord::settings).orElse(Map.of()));
              run.ifPresent(known -> facts.put(DEVICE, known.provenance().device().index()));
              return facts;
            })
        .toList();
  }

  /// The name of the file, with the beginning of its checksum: equal names may be different words.
  private static String data(RunRecord run) {
    Provenance.Data data = run.provenance().data();
    String name = data.file().substring(data.file().lastIndexOf('/') + 1);
    return "%s (%s)"
        .formatted(name, data.sha256().substring(0, Math.min(4, data.sha256().length())));
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
