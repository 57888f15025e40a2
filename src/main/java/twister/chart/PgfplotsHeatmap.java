package twister.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.text.Latex;

/// Writes a heatmap for LaTeX: its cells are a matrix of pgfplots, as large as in the picture.
final class PgfplotsHeatmap implements TexPlot {
  private static final double POINTS_PER_TEX_POINT = 72 / 72.27;

  /// Width of the frame of a cell, in points.
  private static final double FRAME = 1.2;

  /// Share of the room of a colour bar that labels may fill: those of the document may be larger.
  private static final double BAR_ROOM = 0.8;

  private final Recording picture;
  private final HeatData data;

  /// @param picture one of a heatmap
  PgfplotsHeatmap(Recording picture, HeatData data) {
    this.picture = picture;
    this.data = data;
  }

  @Override
  public String tex(String dataFile, Optional<String> title) {
    List<String> lines = new ArrayList<>();
    lines.add("% " + picture.description().title().replaceAll("\\R", " "));
    lines.add("% \\usepackage{pgfplots} \\pgfplotsset{compat=1.16}");
    lines.add("\\begin{tikzpicture}");
    lines.add("\\begin{axis}[");
    options(title).forEach(option -> lines.add("  " + option + ","));
    lines.add("]");
    if (isMatrix()) {
      lines.add(
          "\\addplot[matrix plot*,mesh/cols=%d,point meta=explicit]".formatted(data.across().size())
              + " table[x=x,y=y,meta=share,col sep=comma]{%s};".formatted(dataFile));
    }
    forEach((cell, x, y) -> ground(cell).ifPresent(ground -> lines.add(ground(ground, x, y))));
    forEach((cell, x, y) -> cell.frame().ifPresent(frame -> lines.add(frame(frame, x, y))));
    if (data.textSize() > 0) {
      forEach((cell, x, y) -> text(cell, x, y).ifPresent(lines::add));
    }
    lines.add("\\end{axis}");
    lines.add("\\end{tikzpicture}");
    return lines.stream().map(text -> text + "\n").collect(Collectors.joining());
  }

  private List<String> options(Optional<String> title) {
    List<String> options = new ArrayList<>();
    options.add("scale only axis");
    options.add("width=" + centimetres(data.area().getWidth()));
    options.add("height=" + centimetres(data.area().getHeight()));
    title.ifPresent(text -> options.add("title={%s}".formatted(Latex.escaped(text))));
    options.add("axis on top");
    options.add("tick style={draw=none}");
    options.add("unbounded coords=jump");
    options.addAll(axis("x", data.across()));
    options.addAll(axis("y", data.up()));
    if (data.side() == PlotData.Side.ABOVE) {
      options.add("xticklabel pos=top");
      // Letters stand on one line.
      options.add("xticklabel style={text height=1.6ex,text depth=0.4ex}");
    }
    options.add("colormap={cells}{%s}".formatted(stops()));
    options.add("point meta min=0");
    options.add("point meta max=1");
    data.bar().ifPresent(bar -> options.addAll(bar(bar)));
    return options;
  }

  private static List<String> axis(String name, HeatPlot.Names names) {
    int[] places =
        IntStream.range(0, names.size()).filter(at -> !names.labels().get(at).isEmpty()).toArray();
    return List.of(
        "%smin=-0.5".formatted(name),
        "%smax=%s".formatted(name, names.size() - 0.5),
        ticks(name, IntStream.of(places).mapToObj(Integer::toString).toList()),
        labels(name, IntStream.of(places).mapToObj(names.labels()::get).toList()),
        "%slabel={%s}".formatted(name, Latex.escaped(names.title())));
  }

  private List<String> bar(ColourBar bar) {
    List<Axis.Tick> ticks = bar.ticks(BAR_ROOM * data.area().getHeight());
    return List.of(
        "colorbar",
        "colorbar style={ylabel={%s},%s,%s}"
            .formatted(
                Latex.escaped(bar.title()),
                ticks("y", ticks.stream().map(tick -> Pgfplots.number(tick.value())).toList()),
                labels("y", ticks.stream().map(Axis.Tick::label).toList())));
  }

  private static String ticks(String name, List<String> places) {
    return places.isEmpty()
        ? name + "tick=\\empty"
        : "%stick={%s}".formatted(name, String.join(",", places));
  }

  private static String labels(String name, List<String> labels) {
    return "%sticklabels={%s}"
        .formatted(
            name,
            labels.stream()
                .map(label -> "{" + Latex.escaped(label) + "}")
                .collect(Collectors.joining(",")));
  }

  private String stops() {
    int[] stops = data.shades().stops();
    return IntStream.range(0, stops.length)
        .mapToObj(
            at -> {
              Color stop = new Color(stops[at]);
              return "rgb255(%d)=(%d,%d,%d)"
                  .formatted(at, stop.getRed(), stop.getGreen(), stop.getBlue());
            })
        .collect(Collectors.joining(" "));
  }

  /// Takes a cell with its column and its row.
  @FunctionalInterface
  private interface Visitor {
    void accept(HeatData.Cell cell, int x, int y);
  }

  private void forEach(Visitor visitor) {
    int columns = data.across().size();
    for (int at = 0; at < data.cells().size(); at++) {
      visitor.accept(data.cells().get(at), at % columns, at / columns);
    }
  }

  /// Whether there is a matrix: pgfplots has none of one row or column.
  private boolean isMatrix() {
    return data.across().size() > 1 && data.up().size() > 1;
  }

  /// The colour of a cell that is not of the matrix.
  private Optional<Color> ground(HeatData.Cell cell) {
    return isMatrix() || Double.isNaN(cell.share())
        ? cell.ground()
        : Optional.of(data.shades().at(cell.share()));
  }

  private static String ground(Color colour, int x, int y) {
    return "\\fill[%s] %s;".formatted(Pgfplots.colour(colour), rectangle(x, y));
  }

  private static String frame(Color colour, int x, int y) {
    return "\\draw[%s,line width=%spt] %s;"
        .formatted(Pgfplots.colour(colour), Pgfplots.number(FRAME), rectangle(x, y));
  }

  private static String rectangle(int x, int y) {
    return "(axis cs:%s,%s) rectangle (axis cs:%s,%s)"
        .formatted(x - 0.5, y - 0.5, x + 0.5, y + 0.5);
  }

  private Optional<String> text(HeatData.Cell cell, int x, int y) {
    if (cell.lines().isEmpty()) {
      return Optional.empty();
    }
    double size = data.textSize() * picture.size().pointsPerUnit() / POINTS_PER_TEX_POINT;
    return Optional.of(
        "\\node[align=center,inner sep=0pt,%s,font=\\fontsize{%s}{%s}\\selectfont] at (axis cs:%d,%d) {%s};"
            .formatted(
                Pgfplots.colour(cell.ink()),
                Pgfplots.number(size),
                Pgfplots.number(1.15 * size),
                x,
                y,
                cell.lines().stream().map(Latex::escaped).collect(Collectors.joining("\\\\"))));
  }

  private String centimetres(double units) {
    return Pgfplots.centimetres(units, picture.size());
  }

  /// The data: columns `x`, `y`, the share of the colours, `nan` where a cell has none, and the
  /// value.
  @Override
  public String csv() {
    StringBuilder text = new StringBuilder("x,y,share,value\n");
    forEach(
        (cell, x, y) ->
            text.append("%d,%d,%s,%s\n".formatted(x, y, cell(cell.share()), cell(cell.value()))));
    return text.toString();
  }

  private static String cell(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "nan";
  }
}
