package twister.cli;

import picocli.CommandLine.Option;
import twister.spec.LossUnit;

/// The option `--unit` of every command that shows losses.
final class UnitOption {
  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "of losses: nats, bits or perplexity (default: nats)")
  private LossUnit unit = LossUnit.NATS;

  /// What losses are shown in.
  LossUnit unit() {
    return unit;
  }
}
