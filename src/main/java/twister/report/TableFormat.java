package twister.report;

import java.io.IOException;
import java.util.List;
import java.util.Set;
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
  /// A tabular with the rules of booktabs, not wider than a line.
  LATEX;

  private static final String LINE = System.lineSeparator();

  /// A table in this format, with a line's end after the last line.
  public String text(DataTable sheet) {
    return switch (this) {
      case TABLE -> new TextTable(sheet.shown(), sheet.numbers()).text("") + LINE;
      case CSV -> csv(sheet);
      case JSON -> Json.text(sheet);
      case MARKDOWN -> markdown(sheet);
      case LATEX -> new LatexTable(sheet, Set.of(), "").text();
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
}
