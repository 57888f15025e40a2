package twister.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import twister.report.DataTable.Kind;
import twister.text.Latex;

/// A table for LaTeX: a tabular with the rules of booktabs, made smaller where it is wider than the
/// line. A figure and how far it may be off share a cell.
///
/// @param bold the rows, from 0, whose figures are the best
/// @param figure the column of these figures
record LatexTable(DataTable sheet, Set<Integer> bold, String figure) {
  private static final String LINE = System.lineSeparator();
  private static final String NEEDS = "% needs \\usepackage{booktabs,graphicx}";
  private static final String FIT =
      "\\noindent\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%";

  private static final Pattern NUMBER = Pattern.compile("(-?[0-9.]+)(?:[eE]([+-]?)0*([0-9]+))?");

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(NEEDS);
    lines.add(FIT);
    lines.add("\\begin{tabular}{" + alignment() + "}");
    lines.add("  \\toprule");
    List<List<String>> shown = sheet.shown();
    lines.add(line(heading(shown.getFirst())));
    lines.add("  \\midrule");
    for (int row = 0; row + 1 < shown.size(); row++) {
      lines.add(line(cells(shown.get(row + 1), row)));
    }
    lines.add("  \\bottomrule");
    lines.add("\\end{tabular}}");
    return lines.stream().map(line -> line + LINE).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" & ", "  ", " \\\\"));
  }

  private Kind kind(int column) {
    return sheet.columns().get(column).kind();
  }

  /// Whether a column stands in the cells of the one before.
  private boolean isJoined(int column) {
    return column > 0
        && column < sheet.columns().size()
        && kind(column) == Kind.SPREAD
        && kind(column - 1) == Kind.FIGURE;
  }

  private String alignment() {
    StringBuilder letters = new StringBuilder();
    for (int column = 0; column < sheet.columns().size(); column++) {
      if (!isJoined(column)) {
        letters.append(sheet.numbers().contains(column) ? 'r' : 'l');
      }
    }
    return letters.toString();
  }

  private List<String> heading(List<String> names) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      if (!isJoined(column)) {
        String joined = isJoined(column + 1) ? " " + Latex.escaped(names.get(column + 1)) : "";
        cells.add(Latex.escaped(names.get(column)) + joined);
      }
    }
    return cells;
  }

  private List<String> cells(List<String> texts, int row) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < texts.size(); column++) {
      boolean isFigure = kind(column) == Kind.FIGURE || kind(column) == Kind.SPREAD;
      if (isFigure && !isJoined(column)) {
        String text = texts.get(column);
        boolean isBest = bold.contains(row) && sheet.columns().get(column).name().equals(figure);
        String spread = isJoined(column + 1) ? spread(row, column + 1, text) : "";
        cells.add(figure(text, spread, isBest));
      } else if (!isFigure) {
        cells.add(Latex.escaped(texts.get(column)));
      }
    }
    return cells;
  }

  /// How far a figure may be off, with as many decimals as it has.
  private String spread(int row, int column, String figure) {
    if (!(sheet.rows().get(row).get(column) instanceof Number spread)) {
      return "";
    }
    int dot = figure.indexOf('.');
    int decimals = dot < 0 ? 0 : figure.length() - dot - 1;
    boolean isSeen =
        spread.doubleValue() == 0 || spread.doubleValue() >= Math.pow(10, -decimals) / 2;
    return isSeen
        ? Figures.figure(spread.doubleValue(), decimals)
        : String.format(Locale.ROOT, "%.1e", spread.doubleValue());
  }

  private static String figure(String figure, String spread, boolean isBest) {
    if (figure.isEmpty()) {
      return "";
    }
    String number = isBest ? "\\mathbf{" + number(figure) + "}" : number(figure);
    return "$" + number + (spread.isEmpty() ? "" : " \\pm " + number(spread)) + "$";
  }

  /// A number in a formula.
  private static String number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return switch (text) {
        case "Infinity" -> "\\infty";
        case "-Infinity" -> "-\\infty";
        default -> "\\mbox{" + Latex.escaped(text) + "}";
      };
    }
    String sign = "-".equals(matcher.group(2)) ? "-" : "";
    return matcher.group(3) == null
        ? matcher.group(1)
        : "%s \\times 10^{%s%s}".formatted(matcher.group(1), sign, matcher.group(3));
  }
}
