package twister.report;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import twister.tracking.RunsTable;

/// A table as JSON (RFC 8259): an array of objects, one in each line.
final class Json {
  private static final FormattingStyle ONE_LINE =
      FormattingStyle.COMPACT.withSpaceAfterSeparators(true);

  private Json() {}

  static String text(DataTable sheet) {
    String line = System.lineSeparator();
    String end = sheet.rows().isEmpty() ? "]" : line + "]";
    return sheet.rows().stream()
        .map(row -> "  " + object(sheet.columns(), row))
        .collect(Collectors.joining("," + line, "[" + line, end + line));
  }

  private static String object(List<DataTable.Column> columns, List<Object> row) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setFormattingStyle(ONE_LINE);
      json.beginObject();
      for (int i = 0; i < row.size(); i++) {
        json.name(columns.get(i).name());
        write(json, columns.get(i), row.get(i));
      }
      json.endObject();
    } catch (IOException e) {
      throw new IllegalStateException("text is never full", e);
    }
    return text.toString();
  }

  /// What is empty, and numbers that JSON cannot write, are null.
  private static void write(JsonWriter json, DataTable.Column column, Object cell)
      throws IOException {
    switch (cell) {
      case Double number -> write(json, number);
      case Number number -> json.value(number);
      case Boolean truth -> json.value(truth);
      case String text when text.isEmpty() -> json.nullValue();
      case String text when column.kind() == DataTable.Kind.SETTING -> writeSetting(json, text);
      default -> json.value(cell.toString());
    }
  }

  private static void write(JsonWriter json, double number) throws IOException {
    if (Double.isFinite(number)) {
      json.value(number);
    } else {
      json.nullValue();
    }
  }

  private static void writeSetting(JsonWriter json, String text) throws IOException {
    if (text.equals("true") || text.equals("false")) {
      json.value(Boolean.parseBoolean(text));
    } else if (text.matches("-?(0|[1-9][0-9]{0,17})")) {
      json.value(Long.parseLong(text));
    } else {
      double number = RunsTable.number(text);
      if (Double.isNaN(number)) {
        json.value(text);
      } else {
        write(json, number);
      }
    }
  }
}
