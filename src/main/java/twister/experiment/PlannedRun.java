package twister.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twister.backend.Device;
import twister.spec.SpecWriter;
import twister.tracking.Provenance;
import twister.tracking.RunId;

/// A run of an experiment on a device, and its name.
///
/// @param settings what [SpecWriter#settings] writes
public record PlannedRun(RunInputs inputs, String settings, String id) {

  /// A run on a device.
  static PlannedRun of(RunInputs inputs, Device device) {
    return of(inputs, SpecWriter.settings(inputs.spec()), device);
  }

  /// The same run on another device, which has another name where the devices compute differently.
  PlannedRun on(Device device) {
    return of(inputs, settings, device);
  }

  private static PlannedRun of(RunInputs inputs, String settings, Device device) {
    String data = inputs.corpus().sha256();
    return new PlannedRun(
        inputs, settings, RunId.of(settings, data, Provenance.UsedDevice.of(device)));
  }

  /// Runs on a device, each once.
  public static List<PlannedRun> of(List<RunInputs> runs, Device device) {
    Map<String, PlannedRun> cells = new LinkedHashMap<>();
    for (PlannedRun cell : runs.parallelStream().map(inputs -> of(inputs, device)).toList()) {
      cells.putIfAbsent(cell.id(), cell);
    }
    return List.copyOf(cells.values());
  }
}
