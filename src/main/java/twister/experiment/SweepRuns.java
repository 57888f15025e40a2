package twister.experiment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import twister.backend.Device;

/// The runs of a sweep on the devices that were chosen: how they are named there, and which are
/// complete.
///
/// Equal devices give a run the same name, which it has here from the start. A run on any other of
/// the devices has another name, by which it is known when it was trained there.
final class SweepRuns {
  private final List<Device> devices;
  private final PlannedRun.Names before;
  private final Set<String> complete;

  /// By their names on the first device: each as it is there, or as the first device would make it.
  private final Map<String, PlannedRun> runs = new LinkedHashMap<>();

  /// The name on the first device of each run that is there by another name.
  private final Map<String, String> firstNames = new HashMap<>();

  /// @param devices one or more
  /// @param complete the names of runs that need not be trained
  SweepRuns(List<Device> devices, Set<String> complete) {
    this.devices = devices.stream().distinct().toList();
    before = PlannedRun.Names.of(complete);
    this.complete = new HashSet<>(complete);
  }

  /// Adds runs, those that are not in the sweep yet.
  ///
  /// @return all of them by their names on the first device, each once
  synchronized List<String> add(List<RunInputs> some) {
    List<PlannedRun> onFirst = PlannedRun.of(some, devices.getFirst());
    for (PlannedRun run : onFirst) {
      if (!runs.containsKey(run.id())) {
        set(run.id(), there(run));
      }
    }
    return onFirst.stream().map(PlannedRun::id).toList();
  }

  private PlannedRun there(PlannedRun onFirst) {
    return devices.stream()
        .map(onFirst::on)
        .flatMap(run -> run.in(before).stream())
        .findFirst()
        .orElse(onFirst);
  }

  private void set(String firstName, PlannedRun run) {
    runs.put(firstName, run);
    firstNames.put(run.id(), firstName);
  }

  /// Takes note that a run is complete.
  ///
  /// @param onFirst as the first device would have made it
  /// @param run as it was made
  synchronized void keep(PlannedRun onFirst, PlannedRun run) {
    complete.add(run.id());
    set(onFirst.id(), run);
  }

  /// A run as it is there, or as the first device would make it.
  ///
  /// @param firstName on the first device
  synchronized PlannedRun run(String firstName) {
    return Objects.requireNonNull(runs.get(firstName));
  }

  /// The run that is there by a name, if it is one of the sweep.
  synchronized Optional<PlannedRun> named(String name) {
    return Optional.ofNullable(firstNames.get(name))
        .map(runs::get)
        .filter(run -> run.id().equals(name));
  }

  /// Those of some runs that have to be trained.
  ///
  /// @param some their names on the first device
  synchronized List<PlannedRun> missing(List<String> some) {
    return some.stream().map(this::run).filter(run -> !isComplete(run)).toList();
  }

  /// The runs that need not be trained.
  synchronized List<PlannedRun> complete() {
    return runs.values().stream().filter(this::isComplete).toList();
  }

  /// Of all runs, how many need not be trained.
  synchronized int countComplete() {
    return complete().size();
  }

  /// How many runs there are.
  synchronized int size() {
    return runs.size();
  }

  /// The names of all runs on the first device.
  synchronized List<String> firstNames() {
    return List.copyOf(runs.keySet());
  }

  /// Whether a run need not be trained.
  synchronized boolean isComplete(PlannedRun run) {
    return complete.contains(run.id());
  }
}
