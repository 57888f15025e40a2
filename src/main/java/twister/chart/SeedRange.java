package twister.chart;

import java.util.List;
import java.util.stream.DoubleStream;

/// Which losses a chart of seeds shows: those of the runs, and the intervals of their means. A
/// single interval is shown whole, for its ends are what one looks for; one that is much wider than
/// those of other panels goes on beyond the axis.
///
/// @param losses on the axis
record SeedRange(LossRange losses) {
  /// The range of some tables that have their axis in common.
  ///
  /// @param tables of one setting each, at least one
  static SeedRange of(List<SweepTable> tables) {
    LossRange range =
        LossRange.of(
            tables.stream().flatMap(table -> table.runs().stream()).mapToDouble(SweepRun::loss),
            tables.getFirst().uniform());
    List<SweepSetting> settings =
        tables.stream()
            .map(table -> table.settings().getFirst())
            .filter(setting -> setting.margin() > 0)
            .toList();
    if (settings.size() == 1 && !range.isCut()) {
      SweepSetting only = settings.getFirst();
      return new SeedRange(range.with(low(only)).with(high(only)));
    }
    return new SeedRange(
        range.withBars(
            settings.stream()
                .flatMapToDouble(setting -> DoubleStream.of(low(setting), high(setting)))));
  }

  private static double low(SweepSetting setting) {
    return setting.finiteLoss() - setting.margin();
  }

  private static double high(SweepSetting setting) {
    return setting.finiteLoss() + setting.margin();
  }

  /// Whether the interval of a mean begins below the axis.
  boolean isCutBelow(SweepSetting setting) {
    return setting.margin() > 0 && position(low(setting)) < losses.axis(0, 1).low();
  }

  /// Whether the interval of a mean ends above the axis.
  boolean isCutAbove(SweepSetting setting) {
    return setting.margin() > 0 && position(high(setting)) > losses.axis(0, 1).high();
  }

  /// Whether the interval of a mean goes on beyond the axis.
  boolean isIntervalCut(SweepSetting setting) {
    return isCutBelow(setting) || isCutAbove(setting);
  }

  private double position(double loss) {
    return losses.scale().position(loss);
  }
}
