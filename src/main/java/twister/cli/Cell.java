package twister.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twister.backend.Device;
import twister.tracking.RunId;

/// A run of an experiment on a device, and its name.
record Cell(Inputs inputs, String id) {

  /// Runs on a device, each once.
  static List<Cell> of(List<Inputs> runs, Device device) {
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (Inputs inputs : runs) {
      String id = RunId.of(inputs.spec(), inputs.corpus().sha256(), device);
      cells.putIfAbsent(id, new Cell(inputs, id));
    }
    return List.copyOf(cells.values());
  }
}
