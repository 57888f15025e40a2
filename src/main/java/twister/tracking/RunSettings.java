package twister.tracking;

import java.util.Map;
import twister.spec.ExperimentSpec;
import twister.spec.SpecWriter;
import twister.yaml.YamlFields;

/// What of an experiment decides the numbers of a run, the words aside.
///
/// @param yaml as text, by which the run is named
/// @param values by their full key, as run.yaml keeps them: text, numbers and truth values
public record RunSettings(String yaml, Map<String, Object> values) {

  /// The settings of an experiment.
  public static RunSettings of(ExperimentSpec spec) {
    YamlFields fields = SpecWriter.settings(spec);
    return new RunSettings(fields.yaml(), Yaml.flat(Yaml.plain(fields)));
  }
}
