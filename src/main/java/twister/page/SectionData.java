package twister.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import twister.report.DataTable;
import twister.report.Figures;

/// The tables of an experiment for the script of a page: what is sorted and filtered there.
///
/// @param settings a row for each setting
/// @param runs a row for each run
/// @param files what stands before a run's name in the address of its folder; empty where it is not
///   beside the page
record SectionData(DataTable settings, DataTable runs, Optional<String> files) {

  /// Writes an object.
  ///
  /// @param id of the section
  void write(JsonWriter json, String id) throws IOException {
    json.beginObject();
    json.name("id").value(id);
    json.name("files");
    if (files.isPresent()) {
      json.value(files.get());
    } else {
      json.nullValue();
    }
    json.name("settings");
    write(json, settings);
    json.name("runs");
    write(json, runs);
    json.endObject();
  }

  /// A table by its columns.
  private static void write(JsonWriter json, DataTable table) throws IOException {
    List<Integer> decimals = table.decimals();
    json.beginArray();
    for (int column = 0; column < table.columns().size(); column++) {
      int place = column;
      DataTable.Column head = table.columns().get(column);
      List<Object> cells = table.rows().stream().map(row -> row.get(place)).toList();
      json.beginObject();
      json.name("name").value(head.name());
      json.name("heading").value(head.heading());
      json.name("kind").value(head.kind().name().toLowerCase(java.util.Locale.ROOT));
      json.name("decimals").value(decimals.get(column));
      json.name("cells").beginArray();
      for (Object cell : cells) {
        write(json, cell);
      }
      json.endArray();
      if (head.kind() == DataTable.Kind.SETTING) {
        json.name("shown").beginArray();
        for (String shown : Figures.settings(cells)) {
          json.value(shown);
        }
        json.endArray();
      }
      json.endObject();
    }
    json.endArray();
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
