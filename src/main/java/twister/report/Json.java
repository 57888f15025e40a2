package twister.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.tracking.RunsTable;

/// A table as JSON (RFC 8259): an array of objects, one in each line.
///
/// None of the libraries at hand writes JSON, and a table needs no more than this of it.
final class Json {
  private Json() {}

  static String text(DataTable sheet) {
    String line = System.lineSeparator();
    String end = sheet.rows().isEmpty() ? "]" : line + "]";
    return sheet.rows().stream()
        .map(row -> "  " + object(sheet.columns(), row))
        .collect(Collectors.joining("," + line, "[" + line, end + line));
  }

  private static String object(List<DataTable.Column> columns, List<Object> row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> quoted(columns.get(i).name()) + ": " + value(columns.get(i), row.get(i)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /// What is empty, and numbers that JSON cannot write, are null.
  private static String value(DataTable.Column column, Object cell) {
    return switch (cell) {
      case Double number -> number(number);
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      case String text when text.isEmpty() -> "null";
      case String text when column.kind() == DataTable.Kind.SETTING -> setting(text);
      default -> quoted(cell.toString());
    };
  }

  private static String number(double number) {
    return Double.isFinite(number) ? String.valueOf(number) : "null";
  }

  private static String setting(String text) {
    if (text.equals("true") || text.equals("false") || text.matches("-?(0|[1-9][0-9]{0,17})")) {
      return text;
    }
    double number = RunsTable.number(text);
    return Double.isNaN(number) ? quoted(text) : number(number);
  }

  static String quoted(String text) {
    return text.chars().mapToObj(Json::escaped).collect(Collectors.joining("", "\"", "\""));
  }

  /// @param letter a UTF-16 unit
  private static String escaped(int letter) {
    return switch (letter) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          letter < ' ' || letter == 0x7f || Character.isSurrogate((char) letter)
              ? "\\u%04x".formatted(letter)
              : Character.toString(letter);
    };
  }
}
