package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.spec.ChartSize;
import twister.text.Latex;

/// Writes plots for LaTeX: a picture of pgfplots, of which the document sets the text, and the data
/// that it reads.
final class Pgfplots implements TexPlot {
  private static final double CENTIMETRES_PER_POINT = 2.54 / 72;

  /// Share of the axis beyond which lines need not be drawn.
  private static final double BEYOND = 0.05;

  /// Height of a row of the legend, in em.
  private static final double LEGEND_ROW = 1.4;

  /// So many entries of a legend above several plots stand beside each other.
  private static final int LEGEND_COLUMNS = 3;

  private static final List<String> LOOK =
      List.of(
          "axis x line*=bottom",
          "axis y line*=left",
          "scaled ticks=false",
          "unbounded coords=jump",
          "ymajorgrids");

  /// TeX computes with no larger numbers.
  private static final double LARGEST = 1e300;

  private final Recording picture;
  private final PlotGrid grid;
  private final double points;

  /// @param picture one of series
  /// @param grid its plots
  Pgfplots(Recording picture, PlotGrid grid) {
    this.picture = picture;
    this.grid = grid;
    points = picture.size().pointsPerUnit();
  }

  @Override
  public String tex(String dataFile, Optional<String> title) {
    List<String> lines = new ArrayList<>();
    lines.add("% " + picture.description().title().replaceAll("\\R", " "));
    boolean isGroup = grid.plots().size() > 1;
    lines.add(
        "%% \\usepackage{pgfplots} \\pgfplotsset{compat=1.16}%s"
            .formatted(isGroup ? " \\usepgfplotslibrary{groupplots}" : ""));
    lines.add("\\begin{tikzpicture}");
    if (isGroup) {
      addGroup(lines, dataFile, title);
    } else {
      addPlot(lines, dataFile, title);
    }
    lines.add("\\end{tikzpicture}");
    return lines.stream().map(text -> text + "\n").collect(Collectors.joining());
  }

  private void addPlot(List<String> lines, String dataFile, Optional<String> title) {
    PlotData data = grid.plots().getFirst();
    lines.add("\\begin{axis}[");
    List<String> options = new ArrayList<>();
    options.add("width=%s".formatted(centimetres(picture.width())));
    options.add("height=%s".formatted(centimetres(picture.height())));
    title.ifPresent(text -> options.add("title={%s}".formatted(Latex.escaped(text))));
    if (!grid.legend().isEmpty()) {
      // The title stands above the legend.
      options.add("title style={yshift=%sem}".formatted(number(LEGEND_ROW * grid.legend().size())));
    }
    options.addAll(LOOK);
    options.addAll(axis("x", data.x(), data.marksBelow()));
    options.addAll(axis("y", data.y(), data.marksBeside()));
    options.add("xlabel={%s}".formatted(Latex.escaped(data.x().title())));
    options.add("ylabel={%s}".formatted(Latex.escaped(data.y().title())));
    options.add("legend cell align=left");
    options.add("legend style={at={(0,1.02)},anchor=south west,draw=none,font=\\small}");
    options.forEach(option -> lines.add("  " + option + ","));
    lines.add("]");
    addLegend(lines);
    addParts(lines, data.parts(), 0, dataFile);
    data.notes().stream()
        .filter(note -> isShown(note, data.y()))
        .map(note -> node(note, data.x()))
        .forEach(lines::add);
    lines.add("\\end{axis}");
  }

  /// Plots as large as those of the picture, and as far from each other.
  private void addGroup(List<String> lines, String dataFile, Optional<String> title) {
    List<PlotData> plots = grid.plots();
    Rectangle2D area = plots.getFirst().area();
    int columns = grid.columns();
    double across = columns > 1 ? distance(0, 1, Rectangle2D::getX) - area.getWidth() : 0;
    boolean hasRows = plots.size() > columns;
    double down = hasRows ? distance(0, columns, Rectangle2D::getY) - area.getHeight() : 0;
    List<String> options = new ArrayList<>();
    options.add(
        "group style={group size=%d by %d,horizontal sep=%s,vertical sep=%s}"
            .formatted(
                columns,
                Math.ceilDiv(plots.size(), columns),
                centimetres(across),
                centimetres(down)));
    options.add("scale only axis");
    options.add("width=%s".formatted(centimetres(area.getWidth())));
    options.add("height=%s".formatted(centimetres(area.getHeight())));
    options.addAll(LOOK);
    options.add(
        "title style={font=\\small,align=center,yshift=-0.5em,text width=%s}"
            .formatted(centimetres(area.getWidth())));
    options.add("legend cell align=left");
    options.add(
        "legend style={at={(0,1)},yshift=%sem,anchor=south west,draw=none,font=\\small}"
            .formatted(number(LEGEND_ROW * (headingLines(area.getWidth()) + 0.5))));
    options.add("legend columns=%d".formatted(LEGEND_COLUMNS));
    lines.add("\\begin{groupplot}[");
    options.forEach(option -> lines.add("  " + option + ","));
    lines.add("]");
    int before = 0;
    for (int plot = 0; plot < plots.size(); plot++) {
      PlotData data = plots.get(plot);
      List<String> own = new ArrayList<>();
      own.add("title={%s}".formatted(Latex.escaped(grid.headings().get(plot))));
      own.addAll(axis("x", data.x(), data.marksBelow()));
      own.addAll(axis("y", data.y(), data.marksBeside()));
      if (!grid.isLowest(plot)) {
        own.add("xticklabels={}");
      }
      if (!grid.isFirst(plot)) {
        own.add("yticklabels={}");
      }
      lines.add("\\nextgroupplot[");
      own.forEach(option -> lines.add("  " + option + ","));
      lines.add("]");
      if (plot == 0) {
        addLegend(lines);
      }
      addParts(lines, data.parts(), before, dataFile);
      before += data.parts().size();
    }
    lines.add("\\end{groupplot}");
    addTitles(lines, title);
  }

  private int headingLines(double width) {
    return grid.headings().stream()
        .mapToInt(heading -> PlotStyle.LABELS.lines(heading, width).size())
        .max()
        .orElse(0);
  }

  private double distance(int one, int other, ToDoubleFunction<Rectangle2D> edge) {
    return edge.applyAsDouble(grid.plots().get(other).area())
        - edge.applyAsDouble(grid.plots().get(one).area());
  }

  /// The titles of the axes that plots have in common, and that of the figure.
  private void addTitles(List<String> lines, Optional<String> title) {
    PlotData first = grid.plots().getFirst();
    lines.add(
        "\\node[anchor=north] at (current bounding box.south) {%s};"
            .formatted(Latex.escaped(first.x().title())));
    lines.add(
        "\\node[anchor=south,rotate=90] at (current bounding box.west) {%s};"
            .formatted(Latex.escaped(first.y().title())));
    title.ifPresent(
        text ->
            lines.add(
                "\\node[anchor=south] at (current bounding box.north) {%s};"
                    .formatted(Latex.escaped(text))));
  }

  private void addLegend(List<String> lines) {
    for (LegendRow.Entry entry : grid.legend()) {
      String image =
          entry.series().isPresent()
              ? "only marks,mark=%s,%s"
                  .formatted(
                      PointMark.ofSeries(entry.series().getAsInt(), 1).tex(),
                      colour(entry.colour()))
              : line(entry.colour(), entry.stroke());
      lines.add("\\addlegendimage{%s}".formatted(image));
      lines.add("\\addlegendentry{%s}".formatted(Latex.escaped(entry.name())));
    }
  }

  /// @param before so many parts of other plots are before these in the data
  private void addParts(
      List<String> lines, List<PlotData.Part> parts, int before, String dataFile) {
    for (int part = 0; part < parts.size(); part++) {
      if (parts.get(part).points().size() > 0) {
        lines.add(plot(parts.get(part), before + part + 1, dataFile));
      }
    }
  }

  private static List<String> axis(String name, PlotAxis axis, List<Axis.Tick> marks) {
    List<String> options = new ArrayList<>();
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

  private String plot(PlotData.Part part, int number, String dataFile) {
    String table = "table[x=x%d,y=y%d,col sep=comma]{%s}".formatted(number, number, dataFile);
    return switch (part) {
      case PlotData.Line it ->
          "\\addplot[forget plot,%s] %s;".formatted(line(it.colour(), it.stroke()), table);
      case PlotData.Dots it ->
          "\\addplot[forget plot,only marks,mark=%s,mark size=1.2pt,%s] %s;"
              .formatted(it.mark(), colour(it.colour()), table);
      case PlotData.Areas it ->
          "\\addplot[forget plot,draw=none,fill=%s,fill opacity=%s] %s -- cycle;"
              .formatted(rgb(it.colour()), number(it.colour().getAlpha() / 255.0), table);
    };
  }

  private static boolean isShown(PlotData.Note note, PlotAxis y) {
    return note.value() >= y.lowest() && note.value() <= y.highest();
  }

  private static String node(PlotData.Note note, PlotAxis x) {
    String anchor =
        switch (note.side()) {
          case ABOVE -> "south east";
          case BELOW -> "north east";
          case BESIDE -> "east";
        };
    return "\\node[anchor=%s,font=\\small,inner sep=2pt,fill=white,fill opacity=0.8,"
            .formatted(anchor)
        + "text opacity=1] at (axis cs:%s,%s) {%s};"
            .formatted(x.highest(), note.value(), Latex.escaped(note.text()));
  }

  private String line(Color colour, BasicStroke stroke) {
    String width = "line width=%spt".formatted(number(stroke.getLineWidth() * points));
    String cap = stroke.getEndCap() == BasicStroke.CAP_ROUND ? ",line cap=round" : "";
    String opacity = colour.getAlpha() < 255 ? ",opacity=" + number(colour.getAlpha() / 255.0) : "";
    return colour(colour) + opacity + "," + width + cap + ",line join=round" + dashes(stroke);
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

  /// A colour, as an option of what is drawn.
  static String colour(Color colour) {
    return "color=" + rgb(colour);
  }

  private static String rgb(Color colour) {
    return "{rgb,255:red,%d;green,%d;blue,%d}"
        .formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
  }

  private String centimetres(int units) {
    return picture.size().length() == ChartSize.Length.CENTIMETRES
        ? picture.size().svg(units)
        : centimetres((double) units);
  }

  private String centimetres(double units) {
    return centimetres(units, picture.size());
  }

  /// The length of so many units.
  static String centimetres(double units, ChartSize size) {
    return number(units * size.pointsPerUnit() * CENTIMETRES_PER_POINT) + "cm";
  }

  /// A number with up to three decimals.
  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
  }

  /// The data: columns `x1`, `y1` of the first part, `x2`, `y2` of the second; cells of parts with
  /// fewer points are `nan`.
  @Override
  public String csv() {
    List<Curve> curves = grid.parts().stream().map(PlotData.Part::points).toList();
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
