package twister.spec;

import java.util.Map;
import java.util.Optional;

/// The keys that people mean who write another one: its name in other tools, or its last part.
final class MeantKey {
  private static final Map<String, String> OF_OTHER_TOOLS =
      Map.ofEntries(
          Map.entry("lr", "training.learning-rate"),
          Map.entry("batch-size", "training.batch"),
          Map.entry("epochs", "training.steps"),
          Map.entry("iterations", "training.steps"),
          Map.entry("max-iters", "training.steps"),
          Map.entry("weight-decay", "training.l2"),
          Map.entry("hidden-size", "model.hidden"),
          Map.entry("embedding-dim", "model.embedding"),
          Map.entry("context-length", "model.block-size"),
          Map.entry("alpha", "model.smoothing"),
          Map.entry("seeds", "sweep.seeds"));

  private MeantKey() {}

  /// The full name of what a key of an experiment means, if it is a name in other tools.
  static Optional<String> ofOtherTool(String key) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    return Optional.ofNullable(OF_OTHER_TOOLS.get(last.replace('_', '-')));
  }

  /// The full name of what a key below `sweep` means, if it is one without its section or a name in
  /// other tools.
  static Optional<String> ofSweep(String key) {
    return ofOtherTool(key).or(() -> SpecDecoder.fullName(key.replace('_', '-')));
  }
}
