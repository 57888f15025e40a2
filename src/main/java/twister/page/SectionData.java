package twister.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Optional;
import twister.report.DataTable;

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
    TableJson.write(json, settings);
    json.name("runs");
    TableJson.write(json, runs);
    json.endObject();
  }
}
