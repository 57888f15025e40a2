package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.spec.ChartSize;

/// A curve for each setting of a sweep, with the colour of its value of one key. Where a setting
/// has several seeds, the curve is their mean, in a band from the least to the greatest.
final class CurveFamily implements LossLayer {
  /// So many settings can be seen beside each other.
  static final int MOST = 60;

  private static final BasicStroke STROKE =
      new BasicStroke(4, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke FINE =
      new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final int FEW = 20;
  private static final int FEW_STOPPED = 3;
  private static final int BAND = 56;
  private static final Color ONLY = new Color(0x08519c);
  private static final Color WITHOUT = new Color(0x808080);

  private final ChartSize size;
  private final List<Member> members;
  private final Optional<SweepKey> key;
  private final List<String> stopped;
  private final boolean hasBands;

  /// The curves of a setting.
  private record Member(
      Color colour, BasicStroke stroke, Curve mean, Curve least, Curve greatest, boolean isBand) {}

  CurveFamily(SweepTable table, SweepCurves curves, ChartSize size) {
    this.size = size;
    key = table.leading();
    // The best is drawn last, upon the others.
    members =
        table.settings().stream()
            .sorted(Comparator.comparingDouble(SweepSetting::badness).reversed())
            .map(setting -> member(setting, table, curves))
            .toList();
    stopped = stopped(table, curves);
    hasBands = members.stream().anyMatch(Member::isBand);
  }

  private Member member(SweepSetting setting, SweepTable table, SweepCurves curves) {
    List<SweepRun> runs = setting.runs();
    if (runs.getFirst().steps() < 2 && curves.points() > 1 && setting.isFinite()) {
      Curve level = level(setting, curves);
      Color grey = key.filter(k -> k.place(setting.first()) >= 0).map(_ -> ONLY).orElse(WITHOUT);
      return new Member(grey, PlotStyle.DASHED, level, level, level, false);
    }
    return new Member(
        key.map(k -> colour(k, k.place(setting.first()))).orElse(ONLY),
        key.filter(k -> KeyLegend.fits(k, size) && k.place(setting.first()) >= 0)
            .map(k -> KeyLegend.stroke(k.place(setting.first())))
            .orElse(table.settings().size() > FEW ? FINE : STROKE),
        curves.combined(runs, losses -> losses.average().orElseThrow()),
        curves.combined(runs, losses -> losses.min().orElseThrow()),
        curves.combined(runs, losses -> losses.max().orElseThrow()),
        runs.size() > 1);
  }

  /// The loss of a model that needs no training, from the first step to the last.
  private static Curve level(SweepSetting setting, SweepCurves curves) {
    double loss =
        setting.runs().stream()
            .mapToDouble(run -> curves.curve(run).finiteValues().findFirst().orElse(run.loss()))
            .average()
            .orElseThrow();
    double last = curves.step(curves.points() - 1);
    return new Curve(new double[] {curves.step(0), last}, new double[] {loss, loss});
  }

  /// Which settings have seeds that stopped before others, and how many went on.
  private static List<String> stopped(SweepTable table, SweepCurves curves) {
    List<String> sentences = new ArrayList<>();
    for (SweepSetting setting : table.settings()) {
      double first = setting.runs().stream().mapToDouble(curves::lastStep).min().orElseThrow();
      long on = setting.runs().stream().filter(run -> curves.lastStep(run) > first).count();
      if (on > 0) {
        String name = new SweepWords(table).settings(setting);
        sentences.add(
            "Beyond step %s, there are %d of %d seeds%s"
                .formatted(
                    SweepWords.number((long) Math.max(0, first)),
                    on,
                    setting.runs().size(),
                    name.isEmpty() ? "" : " of " + name));
      }
    }
    return sentences.size() <= FEW_STOPPED
        ? sentences
        : List.of(
            "The seeds of %d settings stopped at different steps; their curves go on to the last"
                .formatted(sentences.size()));
  }

  private Color colour(SweepKey key, int place) {
    if (place < 0) {
      return WITHOUT;
    }
    return KeyLegend.fits(key, size) ? KeyLegend.colour(key, place) : ColourBar.colour(key, place);
  }

  @Override
  public DoubleStream losses() {
    return members.stream()
        .flatMap(member -> Stream.of(member.least(), member.greatest()))
        .flatMapToDouble(Curve::finiteValues);
  }

  @Override
  public List<String> caption() {
    List<String> lines = new ArrayList<>();
    if (hasBands) {
      lines.add("Lines are means over seeds, bands go from the least to the greatest");
    }
    lines.addAll(stopped);
    if (members.stream().anyMatch(member -> member.stroke().equals(PlotStyle.DASHED))) {
      lines.add("Dashed lines are models without training");
    }
    if (members.stream().anyMatch(member -> member.colour().equals(WITHOUT))) {
      key.ifPresent(k -> lines.add("Grey lines have no " + k.title()));
    }
    return lines;
  }

  @Override
  public Optional<SidePanel> side() {
    return key.map(
        k ->
            KeyLegend.fits(k, size)
                ? KeyLegend.of(k, KeyLegend.Samples.LINES, size)
                : ColourBar.of(k));
  }

  @Override
  public List<Curve> lines() {
    return members.stream().map(Member::mean).toList();
  }

  @Override
  public Color colour(SweepRun run) {
    return key.map(k -> colour(k, k.place(run))).orElse(PlotStyle.DIVERGED);
  }

  @Override
  public List<LegendRow.Entry> legend() {
    return hasBands
        ? List.of(
            new LegendRow.Entry("mean over seeds", PlotStyle.REFERENCE, STROKE),
            LegendRow.Entry.area("least to greatest", band(PlotStyle.REFERENCE)))
        : List.of();
  }

  private static Color band(Color line) {
    return new Color(line.getRed(), line.getGreen(), line.getBlue(), BAND);
  }

  @Override
  public List<LegendRow.Entry> names() {
    return key.filter(k -> k.size() <= KeyLegend.MOST).stream()
        .flatMap(
            k ->
                IntStream.range(0, k.size())
                    .mapToObj(
                        place ->
                            new LegendRow.Entry(
                                k.title() + " " + k.label(place),
                                colour(k, place),
                                KeyLegend.stroke(place))))
        .toList();
  }

  @Override
  public void addTo(XyPlot plot) {
    for (Member member : members) {
      if (member.isBand()) {
        plot.addBand(member.least(), member.greatest(), band(member.colour()));
      }
    }
    for (Member member : members) {
      double dot = member.stroke().getLineWidth();
      plot.addCurve(member.mean(), member.colour(), member.stroke(), dot);
    }
  }
}
