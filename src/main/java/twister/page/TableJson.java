package twister.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import twister.report.DataTable;
import twister.report.Figures;

/// Tables for the scripts of pages, by their columns.
public final class TableJson {
  private TableJson() {}

  /// Writes a table as an array of columns.
  ///
  /// @throws IOException if it cannot be written
  public static void write(JsonWriter json, DataTable table) throws IOException {
    List<Integer> decimals = table.decimals();
    json.beginArray();
    for (int column = 0; column < table.columns().size(); column++) {
      int place = column;
      List<Object> cells = table.rows().stream().map(row -> row.get(place)).toList();
      write(json, table.columns().get(column), decimals.get(column), cells);
    }
    json.endArray();
  }

  private static void write(
      JsonWriter json, DataTable.Column head, int decimals, List<Object> cells) throws IOException {
    json.beginObject();
    json.name("name").value(head.name());
    json.name("heading").value(head.heading());
    json.name("kind").value(head.kind().name().toLowerCase(Locale.ROOT));
    json.name("decimals").value(decimals);
    json.name("cells").beginArray();
    for (Object cell : cells) {
      write(json, cell);
    }
    json.endArray();
    List<String> shown = shown(head.kind(), cells);
    if (!shown.isEmpty()) {
      json.name("shown").beginArray();
      for (String text : shown) {
        json.value(text);
      }
      json.endArray();
    }
    json.endObject();
  }

  /// The cells as people read them, of columns that the page does not write itself.
  private static List<String> shown(DataTable.Kind kind, List<Object> cells) {
    return switch (kind) {
      case SETTING -> Figures.settings(cells);
      case PROBABILITY -> Figures.probabilities(cells);
      case WORD, COUNT, FIGURE, SPREAD, MARK -> List.of();
    };
  }

  /// Numbers that JSON cannot write are text, as in runs.csv.
  private static void write(JsonWriter json, Object cell) throws IOException {
    switch (cell) {
      case Double number when Double.isFinite(number) -> json.value(number);
      case Integer number -> json.value(number);
      case Long number -> json.value(number);
      case Boolean truth -> json.value(truth);
      default -> json.value(cell.toString());
    }
  }
}
