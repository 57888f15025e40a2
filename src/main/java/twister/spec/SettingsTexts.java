package twister.spec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import twister.yaml.YamlFields;

/// The settings of many experiments as text, as [SpecWriter#settings] writes those of one.
///
/// The runs of a sweep have most sections in common, and to write one takes longer than all else
/// that is done to plan a run: each section is written once. Models that differ in their seeds only
/// have one section, as the seed is its last line.
public final class SettingsTexts {
  private static final String NO_SEED = "seed: 0\n";

  private final Map<Section, String> sections = new ConcurrentHashMap<>();

  /// A section of settings.
  ///
  /// @param values its record of an experiment
  /// @param kind of the model, which decides what keys it has
  private record Section(String name, Object values, ModelKind kind) {}

  /// The settings of an experiment as text.
  public String of(ExperimentSpec spec) {
    StringBuilder text = new StringBuilder();
    text.append(
        sections.computeIfAbsent(
            new Section("data", spec.data(), spec.model().kind()),
            section -> text(section, SpecWriter.settings(spec.data(), spec.model()))));
    appendModel(text, spec.model());
    spec.training()
        .ifPresent(
            training ->
                text.append(
                    sections.computeIfAbsent(
                        new Section("training", training, spec.model().kind()),
                        section -> text(section, SpecWriter.training(training, spec.model())))));
    return text.toString();
  }

  private void appendModel(StringBuilder text, ModelSpec model) {
    String section =
        sections.computeIfAbsent(
            new Section("model", model.withSeed(0), model.kind()),
            empty -> text(empty, SpecWriter.model(model.withSeed(0))));
    text.append(section);
    model
        .seed()
        .ifPresent(
            seed -> {
              if (!section.endsWith(NO_SEED)) {
                throw new IllegalStateException("the seed is not the last line of:\n" + section);
              }
              text.setLength(text.length() - "0\n".length());
              text.append(seed).append('\n');
            });
  }

  private static String text(Section section, YamlFields fields) {
    return new YamlFields().put(section.name(), fields).yaml();
  }

  /// How many sections were written.
  int written() {
    return sections.size();
  }
}
