package twister.spec;

import java.util.List;
import twister.yaml.ChoiceRule;
import twister.yaml.YamlValue;

/// The keys that only some kinds of models have. Where a sweep compares kinds, each run takes those
/// of its own kind, and the others are those of the other runs.
final class ModelKindKeys {
  /// The key of the kind.
  static final String KIND = "model.kind";

  private static final ChoiceRule<ModelKind> KINDS = ChoiceRule.of(ModelKind.class);

  private ModelKindKeys() {}

  /// A document without the keys of other kinds than its own; the same one where its kind cannot be
  /// read.
  static YamlValue.Mapping ownOf(YamlValue.Mapping document) {
    YamlValue.Entry model = document.entries().get("model");
    if (model == null || !(model.value() instanceof YamlValue.Mapping keys)) {
      return document;
    }
    YamlValue.Entry chosen = keys.entries().get("kind");
    YamlValue.Mapping own = document;
    if (chosen != null && KINDS.meaning(chosen.value()).isPresent()) {
      for (String key : foreign(KINDS.meaning(chosen.value()).get())) {
        own = Overrides.without(own, key);
      }
    }
    return own;
  }

  /// Whether a key, by its full name, is one of other kinds only, or below such a key.
  static boolean isForeign(ModelKind kind, String path) {
    return foreign(kind).stream().anyMatch(key -> path.equals(key) || path.startsWith(key + "."));
  }

  /// The keys of other kinds only, by their full names.
  static List<String> foreign(ModelKind kind) {
    return switch (kind) {
      case COUNTS ->
          List.of(
              "training",
              "model.init",
              "model.block-size",
              "model.embedding",
              "model.hidden",
              "samples.every",
              "samples.reseed");
      case SOFTMAX ->
          List.of(
              "model.smoothing",
              "model.block-size",
              "model.embedding",
              "model.hidden",
              "training.batch",
              "training.batches");
      case MLP ->
          List.of(
              "model.smoothing", "data.order", "training.path", "training.accumulate-gradients");
    };
  }
}
