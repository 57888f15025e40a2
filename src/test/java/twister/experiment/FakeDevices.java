package twister.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import twister.backend.Backend;
import twister.backend.BackendProvider.Availability;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.Problem;
import twister.backend.Profile;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.backend.cpu.CpuBackend;

/// GPUs that compute as the processor does, and tell what they were asked to train.
public class FakeDevices implements Backend {
  /// How many symbols they train on.
  public static final int MOST_SYMBOLS = 512;

  /// How many they are fast with.
  public static final int FAST_SYMBOLS = 64;

  private final CpuBackend cpu = new CpuBackend();
  private final List<Device> devices = new ArrayList<>();

  /// What was measured of them, which is nothing unless a test says so.
  public DeviceModels models = new DeviceModels(Path.of("no such folder", "devices.csv"), _ -> {});

  /// The device of each session that was opened, and how many runs it had.
  public final List<Opened> opened = new CopyOnWriteArrayList<>();

  public record Opened(Device device, int runs) {}

  /// @param names of the devices, whose indices are 0:0, 0:1 and so on
  public FakeDevices(String... names) {
    for (int i = 0; i < names.length; i++) {
      devices.add(new Device("0:" + i, Device.Kind.GPU, "fake", names[i], 1 << 30, "fake 1"));
    }
  }

  /// All of them, chosen for a sweep.
  public Devices.Choice all() {
    return new Devices.Choice(this, devices, "", models);
  }

  /// What there is to choose from.
  public Devices choices() {
    return new Devices(_ -> new Availability.Ready(this), models);
  }

  /// Called where a session is about to be opened.
  public void open(Device device) throws DeviceException {}

  @Override
  public List<Device> devices() {
    return devices;
  }

  @Override
  public int mostSymbols() {
    return MOST_SYMBOLS;
  }

  @Override
  public int fastSymbols(Device device) {
    return FAST_SYMBOLS;
  }

  @Override
  public TrainingSession open(
      Device device, Problem problem, List<RunConfig> runs, Optional<Profile> profile) {
    open(device);
    opened.add(new Opened(device, runs.size()));
    return cpu.open(cpu.devices().getFirst(), problem, runs, profile);
  }
}
