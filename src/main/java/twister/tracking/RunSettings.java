package twister.tracking;

import java.util.Map;
import twister.spec.ExperimentSpec;
import twister.spec.SettingsTexts;
import twister.spec.SpecWriter;

/// What of an experiment decides the numbers of a run, the words aside.
///
/// @param spec of the experiment
/// @param yaml the settings as text, by which the run is named
public record RunSettings(ExperimentSpec spec, String yaml) {

  /// The settings of an experiment.
  public static RunSettings of(ExperimentSpec spec) {
    return new RunSettings(spec, SpecWriter.settings(spec).yaml());
  }

  /// The settings of one experiment of many.
  ///
  /// @param texts of all of them
  public static RunSettings of(ExperimentSpec spec, SettingsTexts texts) {
    return new RunSettings(spec, texts.of(spec));
  }

  /// The settings by their full key, as run.yaml keeps them: text, numbers and truth values.
  public Map<String, Object> values() {
    return Yaml.flat(Yaml.plain(SpecWriter.settings(spec)));
  }
}
