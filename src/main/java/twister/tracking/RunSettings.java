package twister.tracking;

import java.util.Map;
import twister.spec.ExperimentSpec;
import twister.spec.SpecWriter;
import twister.yaml.YamlFields;

/// What of an experiment decides the numbers of a run, the words aside.
public final class RunSettings {
  private final YamlFields fields;
  private final String yaml;

  private RunSettings(YamlFields fields) {
    this.fields = fields;
    yaml = fields.yaml();
  }

  /// The settings of an experiment.
  public static RunSettings of(ExperimentSpec spec) {
    return new RunSettings(SpecWriter.settings(spec));
  }

  /// The settings as text, by which the run is named.
  public String yaml() {
    return yaml;
  }

  /// The settings by their full key, as run.yaml keeps them: text, numbers and truth values.
  public Map<String, Object> values() {
    return Yaml.flat(Yaml.plain(fields));
  }
}
