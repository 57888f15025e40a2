package twister.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twister.backend.Device;
import twister.spec.SpecWriter;
import twister.tracking.RunId;

/// A run of an experiment on a device, and its name.
///
/// @param settings what [SpecWriter#settings] writes
record Cell(Inputs inputs, String settings, String id) {

  /// A run on a device.
  static Cell of(Inputs inputs, Device device) {
    String settings = SpecWriter.settings(inputs.spec());
    return new Cell(inputs, settings, RunId.of(settings, inputs.corpus().sha256(), device));
  }

  /// The same run on another device, which has another name where the devices compute differently.
  Cell on(Device device) {
    return new Cell(inputs, settings, RunId.of(settings, inputs.corpus().sha256(), device));
  }

  /// Runs on a device, each once.
  static List<Cell> of(List<Inputs> runs, Device device) {
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (Cell cell : runs.parallelStream().map(inputs -> of(inputs, device)).toList()) {
      cells.putIfAbsent(cell.id(), cell);
    }
    return List.copyOf(cells.values());
  }
}
