package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.text.Latex;

/// Writes plots for LaTeX: a picture of pgfplots, of which the document sets the text, and the data
/// that it reads.
final class Pgfplots {
  private static final double CENTIMETRES_PER_POINT = 2.54 / 72;

  /// Share of the axis beyond which lines need not be drawn.
  private static final double BEYOND = 0.05;

  /// Height of a row of the legend, in em.
  private static final double LEGEND_ROW = 1.4;

  /// TeX computes with no larger numbers.
  private static final double LARGEST = 1e300;

  private final Recording picture;
  private final PlotData data;
  private final double points;

  /// @param picture one of series
  Pgfplots(Recording picture, PlotData data) {
    this.picture = picture;
    this.data = data;
    points = picture.size().pointsPerUnit();
  }

  /// The picture.
  ///
  /// @param dataFile the name of the file of the data, beside the document
  /// @param title stands above it
  String tex(String dataFile, Optional<String> title) {
    List<String> lines = new ArrayList<>();
    lines.add("% " + picture.description().title().replaceAll("\\R", " "));
    lines.add("% \\usepackage{pgfplots} \\pgfplotsset{compat=1.16}");
    lines.add("\\begin{tikzpicture}");
    lines.add("\\begin{axis}[");
    options(title).forEach(option -> lines.add("  " + option + ","));
    lines.add("]");
    for (LegendRow.Entry entry : data.legend()) {
      lines.add("\\addlegendimage{%s}".formatted(line(entry.colour(), entry.stroke())));
      lines.add("\\addlegendentry{%s}".formatted(Latex.escaped(entry.name())));
    }
    for (int part = 0; part < data.parts().size(); part++) {
      if (data.parts().get(part).points().size() > 0) {
        lines.add(plot(part, dataFile));
      }
    }
    data.notes().stream().filter(this::isShown).map(this::node).forEach(lines::add);
    lines.add("\\end{axis}");
    lines.add("\\end{tikzpicture}");
    return lines.stream().map(text -> text + "\n").collect(Collectors.joining());
  }

  private List<String> options(Optional<String> title) {
    List<String> options = new ArrayList<>();
    options.add("width=%s".formatted(centimetres(picture.width())));
    options.add("height=%s".formatted(centimetres(picture.height())));
    title.ifPresent(text -> options.add("title={%s}".formatted(Latex.escaped(text))));
    if (!data.legend().isEmpty()) {
      // The title stands above the legend.
      options.add("title style={yshift=%sem}".formatted(number(LEGEND_ROW * data.legend().size())));
    }
    options.add("axis x line*=bottom");
    options.add("axis y line*=left");
    options.add("scaled ticks=false");
    options.add("unbounded coords=jump");
    options.add("ymajorgrids");
    options.addAll(axis("x", data.x(), data.marksBelow()));
    options.addAll(axis("y", data.y(), data.marksBeside()));
    options.add("legend cell align=left");
    options.add("legend style={at={(0,1.02)},anchor=south west,draw=none,font=\\small}");
    return options;
  }

  private static List<String> axis(String name, PlotAxis axis, List<Axis.Tick> marks) {
    List<String> options = new ArrayList<>();
    options.add("%slabel={%s}".formatted(name, Latex.escaped(axis.title())));
    boolean isLogarithmic = axis.scale() == Scale.LOGARITHMIC;
    if (isLogarithmic) {
      options.add(name + "mode=log");
      options.add("log basis %s=10".formatted(name));
    }
    options.add("%smin=%s".formatted(name, axis.lowest()));
    options.add("%smax=%s".formatted(name, axis.highest()));
    if (name.equals("y")) {
      options.add(domain(axis));
    }
    List<Axis.Tick> ticks = axis.isBare() ? marks : axis.ticks();
    if (!ticks.isEmpty()) {
      options.add(
          "%stick={%s}"
              .formatted(
                  name,
                  ticks.stream()
                      .map(tick -> Double.toString(tick.value()))
                      .collect(Collectors.joining(","))));
      options.add(
          "%sticklabels={%s}"
              .formatted(
                  name,
                  ticks.stream()
                      .map(tick -> "{" + Latex.escaped(tick.label()) + "}")
                      .collect(Collectors.joining(","))));
    } else if (!isLogarithmic) {
      options.add(name + "tick=\\empty");
    }
    return options;
  }

  /// What is far beyond the plot is drawn just beyond it: TeX has no room for more.
  private static String domain(PlotAxis axis) {
    double low = axis.scale().position(axis.lowest());
    double high = axis.scale().position(axis.highest());
    double beyond = BEYOND * (high - low);
    return "restrict y to domain*=%s:%s".formatted(low - beyond, high + beyond);
  }

  private String plot(int part, String dataFile) {
    String table = "table[x=x%d,y=y%d,col sep=comma]{%s}".formatted(part + 1, part + 1, dataFile);
    return switch (data.parts().get(part)) {
      case PlotData.Line it ->
          "\\addplot[forget plot,%s] %s;".formatted(line(it.colour(), it.stroke()), table);
      case PlotData.Dots it ->
          "\\addplot[forget plot,only marks,mark=*,mark size=1.2pt,%s] %s;"
              .formatted(colour(it.colour()), table);
      case PlotData.Areas it ->
          "\\addplot[forget plot,draw=none,fill=%s,fill opacity=%s] %s -- cycle;"
              .formatted(rgb(it.colour()), number(it.colour().getAlpha() / 255.0), table);
    };
  }

  private boolean isShown(PlotData.Note note) {
    return note.value() >= data.y().lowest() && note.value() <= data.y().highest();
  }

  private String node(PlotData.Note note) {
    String anchor = note.side() == PlotData.Side.ABOVE ? "south east" : "north east";
    return "\\node[anchor=%s,font=\\small,inner sep=2pt,fill=white,fill opacity=0.8,"
            .formatted(anchor)
        + "text opacity=1] at (axis cs:%s,%s) {%s};"
            .formatted(data.x().highest(), note.value(), Latex.escaped(note.text()));
  }

  private String line(Color colour, BasicStroke stroke) {
    String width = "line width=%spt".formatted(number(stroke.getLineWidth() * points));
    String cap = stroke.getEndCap() == BasicStroke.CAP_ROUND ? ",line cap=round" : "";
    return colour(colour) + "," + width + cap + ",line join=round" + dashes(stroke);
  }

  private String dashes(BasicStroke stroke) {
    float[] dashes = stroke.getDashArray();
    if (dashes == null) {
      return "";
    }
    StringBuilder pattern = new StringBuilder(",dash pattern=");
    for (int i = 0; i < dashes.length; i++) {
      pattern
          .append(i == 0 ? "" : " ")
          .append(i % 2 == 0 ? "on " : "off ")
          .append(number(dashes[i] * points))
          .append("pt");
    }
    return pattern.toString();
  }

  private static String colour(Color colour) {
    return "color=" + rgb(colour);
  }

  private static String rgb(Color colour) {
    return "{rgb,255:red,%d;green,%d;blue,%d}"
        .formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
  }

  private String centimetres(int units) {
    return picture.size().length() == ChartSize.Length.CENTIMETRES
        ? picture.size().svg(units)
        : number(units * points * CENTIMETRES_PER_POINT) + "cm";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
  }

  /// The data: columns `x1`, `y1` of the first part, `x2`, `y2` of the second; cells of parts with
  /// fewer points are `nan`.
  String csv() {
    List<Curve> curves = data.parts().stream().map(PlotData.Part::points).toList();
    int rows = curves.stream().mapToInt(Curve::size).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int part = 1; part <= curves.size(); part++) {
      text.append(part == 1 ? "" : ",").append("x%d,y%d".formatted(part, part));
    }
    text.append('\n');
    for (int row = 0; row < rows; row++) {
      int point = row;
      text.append(
              curves.stream()
                  .flatMap(
                      curve ->
                          point < curve.size()
                              ? Stream.of(curve.step(point), curve.value(point))
                              : Stream.of(Double.NaN, Double.NaN))
                  .map(Pgfplots::cell)
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  private static String cell(double value) {
    return Double.isFinite(value) ? Double.toString(Math.clamp(value, -LARGEST, LARGEST)) : "nan";
  }
}
