package twister.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import twister.backend.Device;

/// A piece of hardware with the backends that drive it.
///
/// @param device by the preferred backend
/// @param others the same hardware by other backends, which its index names as well
public record Hardware(Device device, List<Device> others) {
  public Hardware {
    others = List.copyOf(others);
  }

  /// The hardware of a list of devices, in the order of their preferred backends. A GPU that has
  /// the same name as one of another backend is the same, the second of its name that backend's
  /// second. Processors are not brought together: Twister's own backend computes in another
  /// precision.
  public static List<Hardware> of(List<Device> devices) {
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, List<Device>> same = new LinkedHashMap<>();
    for (Device device : devices) {
      String place = device.kind() == Device.Kind.CPU ? device.index() + " " : "";
      String name = place + device.kind() + " " + device.name();
      int number = numbers.merge(device.backend() + " " + name, 1, Integer::sum);
      same.computeIfAbsent(name + " " + number, _ -> new ArrayList<>()).add(device);
    }
    return same.values().stream()
        .map(ways -> new Hardware(ways.getFirst(), ways.subList(1, ways.size())))
        .toList();
  }

  /// Its backends, and the indices by which those besides the preferred one are chosen: `cuda, ptx
  /// (1:0)`.
  public String backends() {
    return others.stream()
        .map(other -> ", %s (%s)".formatted(other.backend(), other.index()))
        .collect(Collectors.joining("", device.backend(), ""));
  }
}
