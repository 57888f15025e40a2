package twister.report;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVPrinter;
import twister.tracking.Csv;

/// How a table is printed.
public enum TableFormat {
  /// Columns of text.
  TABLE,
  /// Comma-separated, all digits, with full names (RFC 4180).
  CSV,
  /// An array of objects, all digits, with full names.
  JSON,
  /// A table of GitHub's Markdown.
  MARKDOWN,
  /// A tabular with the rules of booktabs.
  LATEX;

  private static final String LINE = System.lineSeparator();

  /// A table in this format, with a line's end after the last line.
  public String text(DataTable sheet) {
    return switch (this) {
      case TABLE -> new TextTable(sheet.shown(), sheet.numbers()).text("") + LINE;
      case CSV -> csv(sheet);
      case JSON -> Json.text(sheet);
      case MARKDOWN -> markdown(sheet);
      case LATEX -> latex(sheet);
    };
  }

  private static String csv(DataTable sheet) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter rows =
        new CSVPrinter(
            text, Csv.format(sheet.columns().stream().map(DataTable.Column::name).toList()))) {
      for (List<Object> row : sheet.rows()) {
        rows.printRecord(row);
      }
    } catch (IOException e) {
      throw new IllegalStateException("text is never full", e);
    }
    return text.toString();
  }

  private static String markdown(DataTable sheet) {
    List<String> lines =
        sheet.shown().stream()
            .map(
                row ->
                    row.stream()
                        .map(TableFormat::escapedForMarkdown)
                        .collect(Collectors.joining(" | ", "| ", " |")))
            .collect(Collectors.toList());
    lines.add(
        1,
        IntStream.range(0, sheet.columns().size())
            .mapToObj(column -> sheet.numbers().contains(column) ? "---:" : "---")
            .collect(Collectors.joining(" | ", "| ", " |")));
    return lines.stream().map(line -> line + LINE).collect(Collectors.joining());
  }

  /// An underscore within a word means nothing in Markdown.
  static String escapedForMarkdown(String text) {
    return text.replaceAll("[\\\\|*<>`\\[\\]~&#]|(?<!\\p{Alnum})_|_(?!\\p{Alnum})", "\\\\$0");
  }

  private static String latex(DataTable sheet) {
    String alignment =
        IntStream.range(0, sheet.columns().size())
            .mapToObj(column -> sheet.numbers().contains(column) ? "r" : "l")
            .collect(Collectors.joining());
    List<String> lines =
        sheet.shown().stream()
            .map(
                row ->
                    row.stream()
                        .map(TableFormat::escapedForLatex)
                        .collect(Collectors.joining(" & ", "  ", " \\\\")))
            .collect(Collectors.toList());
    lines.addFirst("  \\toprule");
    lines.addFirst("\\begin{tabular}{" + alignment + "}");
    lines.add(3, "  \\midrule");
    lines.add("  \\bottomrule");
    lines.add("\\end{tabular}");
    return lines.stream().map(line -> line + LINE).collect(Collectors.joining());
  }

  /// Text as it stands, in the text of LaTeX; the `-` of a negative number as a minus.
  static String escapedForLatex(String text) {
    String escaped =
        text.codePoints().mapToObj(TableFormat::escapedForLatex).collect(Collectors.joining());
    return text.matches("-[0-9].*") ? "$-$" + escaped.substring(1) : escaped;
  }

  private static String escapedForLatex(int letter) {
    return switch (letter) {
      case '&', '%', '$', '#', '_', '{', '}' -> "\\" + Character.toString(letter);
      case '\\' -> "\\textbackslash{}";
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '"' -> "\\textquotedbl{}";
      case '[', ']' -> "{" + Character.toString(letter) + "}";
      case '±' -> "$\\pm$";
      case '…' -> "\\ldots{}";
      default -> Character.toString(letter);
    };
  }
}
