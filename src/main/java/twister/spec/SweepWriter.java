package twister.spec;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twister.yaml.KeyPath;
import twister.yaml.Mistakes;
import twister.yaml.Place;
import twister.yaml.YamlFields;
import twister.yaml.YamlValue;

/// Writes sweeps as YAML that [SpecReader] reads back as the same sweep.
///
/// A default is written out where it is that of every run. One that depends on a key that varies,
/// such as the charts of another kind of model, would be refused beside the other values of that
/// key, so it is left to be filled in again. What the file said itself stays.
final class SweepWriter {
  private static final Place PLACE = Place.in("spec.yaml");
  private static final List<String> SECTIONS =
      List.of("name", "question", "data", "model", "training", "samples", "device", "charts");

  private static final Comparator<String> BY_SECTION =
      Comparator.comparingInt(key -> SECTIONS.indexOf(key.split("\\.", 2)[0]));

  /// What the runs have under a full key.
  private static final class Found {
    private final YamlValue first;
    private int runs;
    private boolean isCommon = true;

    private Found(YamlValue first) {
      this.first = first;
    }

    private void add(YamlValue value) {
      runs++;
      isCommon &= value.equals(first);
    }
  }

  private final List<String> varying;
  private final Map<String, Found> keys = new LinkedHashMap<>();
  private final Map<ModelKind, Integer> kinds = new LinkedHashMap<>();
  private int runs;

  private SweepWriter(List<String> varying) {
    this.varying = varying;
  }

  /// A sweep, with the section that says what varies.
  ///
  /// @param document of the file, without its section `sweep`
  /// @param section `sweep`
  /// @param varying the keys that vary, by their full names
  /// @param runs one or more, those with the first seed first
  static String yaml(
      YamlValue.Mapping document,
      YamlValue.Mapping section,
      List<String> varying,
      List<ExperimentSpec> runs) {
    SweepWriter writer = new SweepWriter(varying);
    runs.forEach(writer::add);
    return sections(writer.base(document)).put("sweep", section).yaml();
  }

  private void add(ExperimentSpec run) {
    runs++;
    kinds.merge(run.model().kind(), 1, Integer::sum);
    leaves(SpecWriter.fields(run).asRead(PLACE))
        .forEach((key, value) -> keys.computeIfAbsent(key, _ -> new Found(value)).add(value));
  }

  /// Values by their full keys. What varies as a whole is one value, even where it has keys.
  private Map<String, YamlValue> leaves(YamlValue.Mapping mapping) {
    Map<String, YamlValue> leaves = new LinkedHashMap<>();
    addLeaves("", mapping, leaves);
    return leaves;
  }

  private void addLeaves(String path, YamlValue.Mapping mapping, Map<String, YamlValue> leaves) {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              String full = KeyPath.join(path, key);
              switch (entry.value()) {
                case YamlValue.Removed _ -> {}
                case YamlValue.Mapping inner when !varying.contains(full) ->
                    addLeaves(full, inner, leaves);
                case YamlValue value -> leaves.put(full, value);
              }
            });
  }

  /// What the experiments have in common, and the first values of the keys that vary.
  private YamlValue.Mapping base(YamlValue.Mapping document) {
    Map<String, YamlValue> base = new LinkedHashMap<>();
    keys.forEach(
        (key, found) -> {
          if (varying.contains(key) || isOfAll(key, found)) {
            base.put(key, found.first);
          }
        });
    leaves(document)
        .forEach(
            (key, value) -> {
              if (base.keySet().stream().noneMatch(other -> overlap(key, other))) {
                base.put(key, value);
              }
            });
    YamlValue.Mapping whole = new YamlValue.Mapping(PLACE, Map.of());
    for (Map.Entry<String, YamlValue> entry :
        base.entrySet().stream().sorted(Map.Entry.comparingByKey(BY_SECTION)).toList()) {
      whole = Overrides.with(whole, entry.getKey(), entry.getValue(), new Mistakes());
    }
    return whole;
  }

  /// Whether every run whose kind of model has a key has the same value there.
  private boolean isOfAll(String key, Found found) {
    int others =
        varying.contains(ModelKindKeys.KIND)
            ? kinds.entrySet().stream()
                .filter(kind -> ModelKindKeys.isForeign(kind.getKey(), key))
                .mapToInt(Map.Entry::getValue)
                .sum()
            : 0;
    return found.isCommon && found.runs + others == runs;
  }

  private static boolean overlap(String one, String other) {
    return one.equals(other) || one.startsWith(other + ".") || other.startsWith(one + ".");
  }

  /// The sections of a document on lines of their own.
  private static YamlFields sections(YamlValue.Mapping mapping) {
    YamlFields fields = new YamlFields();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (entry.value() instanceof YamlValue.Mapping inner) {
                fields.put(key, sections(inner));
              } else {
                fields.put(key, entry.value());
              }
            });
    return fields;
  }
}
