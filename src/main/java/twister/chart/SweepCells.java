package twister.chart;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The settings of a sweep by the two keys with numbers that vary most. The learning rate goes
/// across, the L2 strength up.
final class SweepCells {
  private final SweepKey across;
  private final SweepKey up;
  private final List<SweepKey> others;
  private final List<SweepSetting> settings;
  private final List<Optional<SweepSetting>> best;
  private final Optional<SweepSetting> lowest;

  private SweepCells(SweepTable table, SweepKey across, SweepKey up) {
    this.across = across;
    this.up = up;
    others = table.keys().stream().filter(key -> key != across && key != up).toList();
    settings =
        table.settings().stream()
            .filter(setting -> across.place(setting.first()) >= 0 && up.place(setting.first()) >= 0)
            .toList();
    best = best(settings, across, up);
    lowest =
        settings.stream()
            .filter(SweepSetting::isFinite)
            .min(Comparator.comparingDouble(SweepSetting::loss));
  }

  /// The settings of a sweep, empty if fewer than two keys with numbers vary.
  static Optional<SweepCells> of(SweepTable table) {
    List<SweepKey> keys = table.numericKeys();
    if (keys.size() < 2) {
      return Optional.empty();
    }
    SweepKey first = keys.get(0);
    SweepKey second = keys.get(1);
    boolean isTurned =
        !table.hasPreferredKeys()
            && (second.name().equals(SweepKey.LEARNING_RATE) || first.name().equals(SweepKey.L2));
    return Optional.of(
        isTurned ? new SweepCells(table, second, first) : new SweepCells(table, first, second));
  }

  private static List<Optional<SweepSetting>> best(
      List<SweepSetting> settings, SweepKey across, SweepKey up) {
    SweepSetting[] best = new SweepSetting[across.size() * up.size()];
    for (SweepSetting setting : settings) {
      int cell = up.place(setting.first()) * across.size() + across.place(setting.first());
      if (best[cell] == null || setting.badness() < best[cell].badness()) {
        best[cell] = setting;
      }
    }
    return IntStream.range(0, best.length).mapToObj(i -> Optional.ofNullable(best[i])).toList();
  }

  SweepKey across() {
    return across;
  }

  SweepKey up() {
    return up;
  }

  /// Further keys that vary, over which the best is taken.
  List<SweepKey> others() {
    return others;
  }

  /// The best setting of a cell, one without a finite loss if all are; empty if there is none.
  Optional<SweepSetting> cell(int x, int y) {
    return best.get(y * across.size() + x);
  }

  /// All settings that have both keys, the worst first, those without a finite loss before them.
  List<SweepSetting> worstFirst() {
    return settings.stream()
        .sorted(Comparator.comparingDouble(SweepSetting::badness).reversed())
        .toList();
  }

  /// The setting with the lowest mean loss, empty if there is no finite one.
  Optional<SweepSetting> best() {
    return lowest;
  }

  /// The settings of all cells.
  Stream<SweepSetting> all() {
    return best.stream().flatMap(Optional::stream);
  }

  /// The mean losses of all cells.
  DoubleStream losses() {
    return all().mapToDouble(SweepSetting::loss);
  }

  /// What the marks of settings without a finite loss mean.
  static List<LegendRow.Entry> legend(Stream<SweepSetting> settings) {
    return EdgeMarks.legend(
            settings
                .filter(setting -> !setting.isFinite())
                .map(
                    setting ->
                        setting.isDiverged() ? EdgeMarks.Kind.DIVERGED : EdgeMarks.Kind.INFINITE))
        .toList();
  }

  /// Whether the values meet each other as in a grid, which may have gaps; values drawn at random
  /// hardly occur twice.
  boolean isGrid() {
    long filled = best.stream().flatMap(Optional::stream).count();
    int longer = Math.max(across.size(), up.size());
    return 3 * filled >= best.size() && 2 * filled >= 3L * longer;
  }
}
