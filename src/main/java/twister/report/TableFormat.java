package twister.report;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVPrinter;
import twister.tracking.Csv;
import twister.tracking.RunsTable;

/// How a table is printed.
public enum TableFormat {
  /// Columns of text.
  TABLE,
  /// Comma-separated, all digits, with full names (RFC 4180).
  CSV,
  /// CSV for spreadsheets: with the mark by which they know that it is Unicode, and an apostrophe
  /// in front of each text that they would take for a formula.
  SPREADSHEET,
  /// An array of objects, all digits, with full names.
  JSON,
  /// A table of GitHub's Markdown.
  MARKDOWN,
  /// A tabular with the rules of booktabs, not wider than a line.
  LATEX;

  private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
  private static final String LINE = System.lineSeparator();

  /// A table in this format, with a line's end after the last line.
  public String text(DataTable sheet) {
    return switch (this) {
      case TABLE -> new TextTable(sheet.shown(), sheet.numbers()).text("") + LINE;
      case CSV -> csv(sheet, cell -> cell);
      case SPREADSHEET -> "\ufeff" + csv(sheet, TableFormat::inert);
      case JSON -> Json.text(sheet);
      case MARKDOWN -> markdown(sheet);
      case LATEX -> new LatexTable(sheet, Set.of(), "").text();
    };
  }

  /// Whether the format has all digits and full names, and nothing around the table.
  public boolean isForPrograms() {
    return this == CSV || this == SPREADSHEET || this == JSON;
  }

  /// A cell that is no formula: of a text, not what begins with a sign by which some spreadsheet
  /// knows one (OWASP, CSV Injection), unless it is a number.
  private static Object inert(Object cell) {
    return cell instanceof String text
            && !text.isEmpty()
            && FORMULA.indexOf(text.charAt(0)) >= 0
            && !Double.isFinite(RunsTable.number(text))
        ? "'" + text
        : cell;
  }

  private static String csv(DataTable sheet, UnaryOperator<Object> shown) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter rows =
        new CSVPrinter(
            text, Csv.format(sheet.columns().stream().map(DataTable.Column::name).toList()))) {
      for (List<Object> row : sheet.rows()) {
        rows.printRecord(row.stream().map(shown));
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
  public static String escapedForMarkdown(String text) {
    return text.replaceAll("[\\\\|*<>`\\[\\]~&#]|(?<!\\p{Alnum})_|_(?!\\p{Alnum})", "\\\\$0");
  }
}
