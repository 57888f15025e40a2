package twister.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The final losses of a sweep by the values of one key.
///
/// Where no other key varies there is one line, the means over seeds. Otherwise the other key with the
/// most values has a line for each of them, if they are few, at the best of all further keys; else there
/// is the best line alone, among all runs.
///
/// @param key the key
/// @param split the key that has a line for each value, if there is one
/// @param best other keys over which the best is taken
/// @param lines the lines, in the order of the values of `split`
/// @param showsRuns whether each run is drawn
/// @param isBinned whether the line has one point for many values
record KeyLines(
    SweepKey key,
    Optional<SweepKey> split,
    List<SweepKey> best,
    List<List<Point>> lines,
    boolean showsRuns,
    boolean isBinned) {

  /// Values of a key of which a line would jump up and down are put together to so many.
  private static final int BINS = 20;

  private static final int MANY = 2 * BINS;

  /// A setting on a line.
  ///
  /// @param place the value of the key
  record Point(int place, SweepSetting setting) {
    double loss() {
      return setting.finiteLoss();
    }
  }

  static KeyLines of(SweepTable table, SweepKey key) {
    List<SweepKey> others = table.keys().stream().filter(other -> other != key).toList();
    if (others.isEmpty()) {
      return new KeyLines(
          key, Optional.empty(), others, List.of(line(table.settings(), key)), false, false);
    }
    SweepKey split = others.getFirst();
    if (split.size() > KeyLegend.MOST) {
      List<Point> line = line(table.settings(), key);
      boolean isBinned =
          key.isSpread() && key.size() > MANY && table.settings().size() < 2 * key.size();
      List<Point> shown = isBinned ? bestOfBins(line, key) : line;
      return new KeyLines(key, Optional.empty(), others, List.of(shown), true, isBinned);
    }
    List<List<Point>> lines =
        IntStream.range(0, split.size())
            .mapToObj(
                place ->
                    line(
                        table.settings().stream()
                            .filter(setting -> split.place(setting.first()) == place)
                            .toList(),
                        key))
            .toList();
    return new KeyLines(key, Optional.of(split), others.subList(1, others.size()), lines, false, false);
  }

  /// The best setting of each value; one that diverged where all did.
  private static List<Point> line(List<SweepSetting> settings, SweepKey key) {
    TreeMap<Integer, SweepSetting> best = new TreeMap<>();
    for (SweepSetting setting : settings) {
      if (key.place(setting.first()) >= 0) {
        best.merge(
            key.place(setting.first()),
            setting,
            (one, other) -> badness(other) < badness(one) ? other : one);
      }
    }
    return best.entrySet().stream().map(e -> new Point(e.getKey(), e.getValue())).toList();
  }

  private static double badness(SweepSetting setting) {
    return setting.isDiverged() ? Double.POSITIVE_INFINITY : setting.loss();
  }

  /// The best point of each part of the axis, all of the same length.
  private static List<Point> bestOfBins(List<Point> line, SweepKey key) {
    KeyAxis axis = KeyAxis.exact(key, 0, BINS);
    TreeMap<Integer, Point> best = new TreeMap<>();
    for (Point point : line) {
      int bin = Math.min((int) axis.pixel(point.place()), BINS - 1);
      best.merge(
          bin,
          point,
          (one, other) -> badness(other.setting()) < badness(one.setting()) ? other : one);
    }
    return List.copyOf(best.values());
  }

  /// What the line of the best has a point for.
  String unit() {
    return isBinned ? BINS + "th of the axis" : "value";
  }

  /// Which losses are shown: those of all that is drawn, and the error bars as far as they go.
  LossRange range(SweepTable table) {
    DoubleStream losses = points().mapToDouble(Point::loss);
    LossRange range =
        LossRange.of(
            showsRuns
                ? DoubleStream.concat(losses, table.runs().stream().mapToDouble(SweepRun::loss))
                : losses,
            table.uniform());
    return range.withBars(barEnds(range));
  }

  /// The ends of the error bars of the losses in a range.
  DoubleStream barEnds(LossRange range) {
    return points()
        .filter(point -> range.holds(point.loss()))
        .flatMapToDouble(
            point -> {
              double margin = point.setting().margin();
              return DoubleStream.of(point.loss() - margin, point.loss() + margin);
            })
        .filter(Double::isFinite);
  }

  private Stream<Point> points() {
    return lines.stream().flatMap(List::stream);
  }

  /// The values at which something that is drawn diverged.
  Set<Integer> diverged(SweepTable table) {
    Stream<SweepRun> runs =
        showsRuns
            ? table.runs().stream()
            : lines.stream().flatMap(List::stream).flatMap(point -> point.setting().runs().stream());
    return runs.filter(SweepRun::isDiverged)
        .map(key::place)
        .filter(place -> place >= 0)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// A line in parts without gaps: it stops where a setting diverged, and 0 before a break of the axis
  /// is no part of it.
  static List<List<Point>> parts(List<Point> line, KeyAxis axis) {
    List<List<Point>> parts = new ArrayList<>();
    boolean isOpen = false;
    for (Point point : line) {
      boolean isZero = axis.gap().isPresent() && point.place() == 0;
      if (Double.isFinite(point.loss())) {
        if (!isOpen) {
          parts.add(new ArrayList<>());
        }
        parts.getLast().add(point);
      }
      isOpen = Double.isFinite(point.loss()) && !isZero;
    }
    return parts;
  }
}
