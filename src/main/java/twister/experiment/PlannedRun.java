package twister.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import twister.backend.Device;
import twister.spec.SettingsTexts;
import twister.spec.SpecWriter;
import twister.spec.TrainingSpec;
import twister.tracking.Provenance;
import twister.tracking.RunId;
import twister.tracking.RunSettings;

/// A run of an experiment on a device, and its name.
///
/// @param device what it is, or would be, trained on
public record PlannedRun(
    RunInputs inputs, RunSettings settings, Provenance.UsedDevice device, String id) {

  /// A run on a device.
  static PlannedRun of(RunInputs inputs, Device device) {
    return of(inputs, RunSettings.of(inputs.spec()), device);
  }

  /// The same run on another device, which has another name where the devices compute differently.
  PlannedRun on(Device device) {
    return of(inputs, settings, device);
  }

  private static PlannedRun of(RunInputs inputs, RunSettings settings, Device device) {
    Provenance.UsedDevice used = Provenance.UsedDevice.of(device);
    String id = RunId.of(settings, inputs.corpus().sha256(), used);
    return new PlannedRun(inputs, settings, used, id);
  }

  /// The same run by the name that it had in versions whose names were hexadecimal; none of a run
  /// that may stop early, whose numbers were others.
  Optional<PlannedRun> former() {
    return inputs.spec().training().flatMap(TrainingSpec::stop).isPresent()
        ? Optional.empty()
        : Optional.of(
            new PlannedRun(
                inputs,
                settings,
                device,
                RunId.former(
                    SpecWriter.formerSettings(inputs.spec()), inputs.corpus().sha256(), device)));
  }

  /// Whether a device trains the run to the same bits.
  boolean isOf(Device other) {
    String data = inputs.corpus().sha256();
    return on(other).id.equals(RunId.of(settings, data, device));
  }

  /// The run by the one of its names that is among some.
  ///
  /// @param names of runs
  public Optional<PlannedRun> in(Names names) {
    return names.all().contains(id)
        ? Optional.of(this)
        : names.hasFormer()
            ? former().filter(run -> names.all().contains(run.id))
            : Optional.empty();
  }

  /// Names of runs.
  ///
  /// @param hasFormer whether any is one of a version whose names were hexadecimal
  public record Names(Set<String> all, boolean hasFormer) {
    /// Some names.
    public static Names of(Set<String> names) {
      return new Names(Set.copyOf(names), names.stream().anyMatch(RunId::isFormer));
    }
  }

  /// Runs on a device, each once.
  public static List<PlannedRun> of(List<RunInputs> runs, Device device) {
    SettingsTexts texts = new SettingsTexts();
    Map<String, PlannedRun> cells = new LinkedHashMap<>();
    for (PlannedRun cell :
        runs.parallelStream()
            .map(inputs -> of(inputs, RunSettings.of(inputs.spec(), texts), device))
            .toList()) {
      cells.putIfAbsent(cell.id(), cell);
    }
    return List.copyOf(cells.values());
  }
}
