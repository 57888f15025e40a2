package twister.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The final losses of a sweep by the values of one key.
///
/// Where no other key varies there is one line, the means over seeds. Otherwise the other key with
/// the most values has a line for each of them, if they are few, at the best of all further keys;
/// else there is the best line alone, among all runs. Where values hardly occur twice, such as
/// those drawn at random, lines would join what differs in more than the key: there are points
/// only.
///
/// @param key the key
/// @param split the key that has a line, or points of a colour, for each value, if there is one
/// @param best other keys over which the best is taken
/// @param lines the lines, in the order of the values of `split`
/// @param form what is drawn of them
record KeyLines(
    SweepKey key,
    Optional<SweepKey> split,
    List<SweepKey> best,
    List<List<Point>> lines,
    Form form) {

  /// Values of a key of which a line would jump up and down are put together to so many.
  private static final int BINS = 20;

  private static final int MANY = 2 * BINS;

  /// What a chart makes of the lines.
  enum Form {
    /// Points, joined.
    JOINED,
    /// Points.
    POINTS,
    /// All runs, and joined points of the best of each value.
    BEST,
    /// All runs, and joined points of the best of each part of the axis.
    BINNED
  }

  /// A setting on a line.
  ///
  /// @param place the value of the key
  record Point(int place, SweepSetting setting) {
    double loss() {
      return setting.finiteLoss();
    }
  }

  /// Something that has no place on the axis of the losses.
  ///
  /// @param place the value of the key
  /// @param line what it belongs to, 0 where there are no lines of several values
  record Edge(int place, int line, EdgeMarks.Kind kind) {}

  static KeyLines of(SweepTable table, SweepKey key) {
    List<SweepKey> others = table.keys().stream().filter(other -> other != key).toList();
    Optional<SweepKey> split =
        others.stream().filter(other -> isSplitBy(table, key, other)).findFirst();
    if (split.isEmpty()) {
      return joined(table, key, split, others);
    }
    boolean isRepeated = table.settings().size() >= 2 * key.size();
    if (split.get().size() <= KeyLegend.MOST && (isRepeated || others.size() == 1)) {
      List<SweepKey> rest = others.stream().filter(other -> other != split.get()).toList();
      return joined(table, key, split, rest);
    }
    List<Point> line = line(table.settings(), key);
    if (isRepeated) {
      return new KeyLines(key, Optional.empty(), others, List.of(line), Form.BEST);
    }
    Optional<SweepKey> few =
        others.stream().filter(other -> other.size() <= KeyLegend.MOST).findFirst();
    if (few.isEmpty() && key.isSpread() && key.size() > MANY) {
      List<Point> shown = bestOfBins(line, key);
      return new KeyLines(key, few, others, List.of(shown), Form.BINNED);
    }
    List<List<Point>> points =
        settings(table, few).stream().map(settings -> points(settings, key)).toList();
    return new KeyLines(key, few, List.of(), points, Form.POINTS);
  }

  /// Whether all runs that have a key have another one, too, with different values.
  private static boolean isSplitBy(SweepTable table, SweepKey key, SweepKey other) {
    List<Integer> places =
        table.runs().stream()
            .filter(run -> key.place(run) >= 0)
            .map(other::place)
            .distinct()
            .toList();
    return places.size() > 1 && !places.contains(-1);
  }

  private static KeyLines joined(
      SweepTable table, SweepKey key, Optional<SweepKey> split, List<SweepKey> best) {
    List<List<Point>> lines =
        settings(table, split).stream().map(settings -> line(settings, key)).toList();
    return new KeyLines(key, split, best, lines, Form.JOINED);
  }

  /// The settings with each value of a key, or all of them.
  private static List<List<SweepSetting>> settings(SweepTable table, Optional<SweepKey> split) {
    return split
        .map(
            key ->
                IntStream.range(0, key.size())
                    .mapToObj(
                        place ->
                            table.settings().stream()
                                .filter(setting -> key.place(setting.first()) == place)
                                .toList())
                    .toList())
        .orElse(List.of(table.settings()));
  }

  private static List<Point> points(List<SweepSetting> settings, SweepKey key) {
    return settings.stream()
        .filter(setting -> key.place(setting.first()) >= 0)
        .map(setting -> new Point(key.place(setting.first()), setting))
        .toList();
  }

  /// The best setting of each value; one without a finite loss where all are.
  private static List<Point> line(List<SweepSetting> settings, SweepKey key) {
    TreeMap<Integer, SweepSetting> best = new TreeMap<>();
    for (SweepSetting setting : settings) {
      if (key.place(setting.first()) >= 0) {
        best.merge(
            key.place(setting.first()),
            setting,
            (one, other) -> other.badness() < one.badness() ? other : one);
      }
    }
    return best.entrySet().stream().map(e -> new Point(e.getKey(), e.getValue())).toList();
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
          (one, other) -> other.setting().badness() < one.setting().badness() ? other : one);
    }
    return List.copyOf(best.values());
  }

  /// Whether lines go from value to value; where none do, points are told apart by their shapes.
  boolean areJoined() {
    return KeyAxis.shares(key).isContinuous() && form != Form.POINTS;
  }

  /// What stands for the values of the key that splits.
  KeyLegend.Samples samples() {
    return areJoined() ? KeyLegend.Samples.LINES : KeyLegend.Samples.POINTS;
  }

  /// Whether each run is drawn, pale.
  boolean showsRuns() {
    return form == Form.BEST || form == Form.BINNED;
  }

  /// The best loss of each kind of model that does not have the key, such as that of the counts by
  /// a learning rate.
  List<LossPicture.Reference> levels(SweepTable table) {
    List<LossPicture.Reference> levels = new ArrayList<>();
    for (SweepKey kind : kinds(table)) {
      for (int place = 0; place < kind.size(); place++) {
        int of = place;
        List<SweepSetting> settings =
            table.settings().stream().filter(s -> kind.place(s.first()) == of).toList();
        if (settings.stream().allMatch(setting -> key.place(setting.first()) < 0)) {
          settings.stream()
              .mapToDouble(SweepSetting::badness)
              .filter(Double::isFinite)
              .min()
              .ifPresent(loss -> levels.add(new LossPicture.Reference(kind.label(of), loss)));
        }
      }
    }
    return levels;
  }

  private List<SweepKey> kinds(SweepTable table) {
    return table.keys().stream()
        .filter(other -> other.name().equals(SweepKey.KIND) && other != key)
        .toList();
  }

  /// How many runs are not drawn, as they lack the key and are of no kind that has a level.
  long hidden(SweepTable table) {
    List<String> shown = levels(table).stream().map(LossPicture.Reference::name).toList();
    return table.runs().stream()
        .filter(run -> key.place(run) < 0)
        .filter(
            run ->
                kinds(table).stream()
                    .noneMatch(
                        kind ->
                            kind.place(run) >= 0 && shown.contains(kind.label(kind.place(run)))))
        .count();
  }

  /// The lines of several parts of a sweep by one key, in one.
  static KeyLines together(List<KeyLines> parts) {
    KeyLines first = parts.getFirst();
    return new KeyLines(
        first.key,
        first.split,
        first.best,
        parts.stream().flatMap(part -> part.lines.stream()).toList(),
        first.form);
  }

  /// What the line of the best has a point for.
  String unit() {
    return form == Form.BINNED ? BINS + "th of the axis" : "value";
  }

  /// Which losses are shown: those of all that is drawn, and the error bars as far as they go.
  LossRange range(SweepTable table) {
    DoubleStream losses = points().mapToDouble(Point::loss);
    LossRange range =
        LossRange.of(
            showsRuns()
                ? DoubleStream.concat(losses, table.runs().stream().mapToDouble(SweepRun::loss))
                : losses,
            table.uniform());
    range = range.withBars(barEnds(range));
    for (LossPicture.Reference level : levels(table)) {
      if (!range.isCut() || level.loss() <= range.high()) {
        range = range.with(level.loss());
      }
    }
    return range;
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

  /// Whether a point has an error bar.
  boolean hasBars() {
    return points().anyMatch(point -> point.setting().margin() > 0);
  }

  private Stream<Point> points() {
    return lines.stream().flatMap(List::stream);
  }

  /// What belongs to the upper edge of a plot.
  ///
  /// @param losses the axis of the losses
  List<Edge> edges(Axis losses) {
    List<Edge> edges = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      for (Point point : lines.get(line)) {
        for (EdgeMarks.Kind kind : kinds(point, losses)) {
          edges.add(new Edge(point.place(), line, kind));
        }
      }
    }
    return edges;
  }

  private static List<EdgeMarks.Kind> kinds(Point point, Axis losses) {
    List<EdgeMarks.Kind> kinds = new ArrayList<>();
    if (isBeyond(point.loss(), losses)) {
      kinds.add(EdgeMarks.Kind.BEYOND);
    }
    if (point.setting().isInfinite()) {
      kinds.add(EdgeMarks.Kind.INFINITE);
    }
    if (point.setting().isDiverged()) {
      kinds.add(EdgeMarks.Kind.DIVERGED);
    }
    return kinds;
  }

  /// What belongs to the upper edge of a plot where each run is drawn.
  ///
  /// @param losses the axis of the losses
  List<Edge> edgesOfRuns(SweepTable table, Axis losses) {
    KeyLines runs =
        new KeyLines(
            key,
            Optional.empty(),
            List.of(),
            List.of(
                points(
                    table.runs().stream().map(run -> table.setting(List.of(run))).toList(), key)),
            Form.POINTS);
    return runs.edges(losses).stream().distinct().toList();
  }

  /// Whether a loss is finite, but above an axis.
  static boolean isBeyond(double loss, Axis losses) {
    return Double.isFinite(loss) && losses.scale().position(loss) > losses.high();
  }

  /// A line in parts without gaps: it stops where a setting has no place on the axis, and 0 before
  /// a break of the axis is no part of it.
  ///
  /// @param losses the axis of the losses
  static List<List<Point>> parts(List<Point> line, KeyAxis axis, Axis losses) {
    List<List<Point>> parts = new ArrayList<>();
    boolean isOpen = false;
    for (Point point : line) {
      boolean isZero = axis.gap().isPresent() && point.place() == 0;
      boolean isShown = Double.isFinite(point.loss()) && !isBeyond(point.loss(), losses);
      if (isShown) {
        if (!isOpen) {
          parts.add(new ArrayList<>());
        }
        parts.getLast().add(point);
      }
      isOpen = isShown && !isZero;
    }
    return parts;
  }
}
