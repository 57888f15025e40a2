package twister.experiment;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import twister.backend.Backend;
import twister.backend.Calibration;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.DeviceModel;
import twister.backend.Workload;
import twister.tracking.Csv;
import twister.tracking.TwisterVersion;
import twister.tracking.WholeFile;

/// What was measured of the devices of this computer, kept in a file of its own in the user's
/// cache.
///
/// The file can be deleted at any time. A line of it that cannot be read, or that is of another
/// version of Twister or of a driver, is as good as missing, and what it said is measured anew when
/// it is needed.
public final class DeviceModels {
  private static final List<String> HEADER =
      List.of(
          "twister",
          "backend",
          "device",
          "driver",
          "kind",
          "start_seconds",
          "step_seconds",
          "unit_seconds",
          "width");

  private static final long MOST_BYTES = 1 << 20;

  /// Shorter trainings say little.
  private static final double SECONDS = 1;

  /// A change that is worth a new file.
  private static final double CHANGE = 0.1;

  private final Path file;
  private final Consumer<String> warnings;
  private final Map<Key, DeviceModel> models = new LinkedHashMap<>();

  /// What a measurement is of.
  private record Key(String twister, String backend, String device, String driver, String kind) {
    static Key of(Device device, Workload.Kind kind) {
      return new Key(
          TwisterVersion.current().number(),
          device.backend(),
          device.name(),
          device.driver(),
          kind.name());
    }
  }

  /// The models in a file, if it is there.
  ///
  /// @param warnings takes sentences, such as that the file cannot be written
  public DeviceModels(Path file, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MOST_BYTES) {
        read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      tell("cannot be read", e);
    }
  }

  /// Those of the user.
  static DeviceModels ofUser(Consumer<String> warnings) {
    return new DeviceModels(UserCache.folder().resolve("devices.csv"), warnings);
  }

  private void read(String text) {
    // A last line without an end was not written whole.
    text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(1).forEach(this::readLine);
  }

  /// Takes a line, unless it is torn or of something else.
  private void readLine(String line) {
    try {
      for (CSVRecord row : Csv.format(HEADER).parse(new StringReader(line))) {
        if (row.size() == HEADER.size()) {
          models.put(
              new Key(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)),
              new DeviceModel(number(row, 5), number(row, 6), number(row, 7), number(row, 8)));
        }
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException torn) {
      return;
    }
  }

  private static double number(CSVRecord row, int column) {
    return Double.parseDouble(row.get(column));
  }

  /// What was measured of a device.
  synchronized Optional<DeviceModel> measured(Device device, Workload.Kind kind) {
    return Optional.ofNullable(models.get(Key.of(device, kind)));
  }

  /// What was measured of the processor; before, roughly what processors do.
  DeviceModel ofProcessor(Device processor, Workload.Kind kind) {
    return measured(processor, kind)
        .orElseGet(() -> DeviceModel.ofProcessor(kind, Runtime.getRuntime().availableProcessors()));
  }

  /// How long work takes on a device, if all its kinds were measured.
  public Optional<Double> seconds(Device device, List<Workload> work) {
    double sum = 0;
    for (Workload part : work) {
      Optional<DeviceModel> model = measured(device, part.kind());
      if (model.isEmpty()) {
        return Optional.empty();
      }
      sum += model.get().seconds(part);
    }
    return Optional.of(sum);
  }

  /// How long work takes on the processor.
  public double secondsOfProcessor(Device processor, List<Workload> work) {
    return work.stream()
        .mapToDouble(part -> ofProcessor(processor, part.kind()).seconds(part))
        .sum();
  }

  /// Measures the kinds of work that were not measured yet.
  ///
  /// @throws DeviceException if the device cannot do one of them
  void measure(Backend backend, Device device, List<Workload> work) {
    for (Workload.Kind kind : work.stream().map(Workload::kind).distinct().toList()) {
      if (measured(device, kind).isEmpty()) {
        put(device, kind, new Calibration(backend, device, System::nanoTime).measure(kind));
      }
    }
  }

  /// Learns from a training that came to its end; nothing of what was not measured before.
  synchronized void learn(Device device, Workload work, double seconds) {
    Optional<DeviceModel> model = measured(device, work.kind());
    if (seconds < SECONDS || model.isEmpty()) {
      return;
    }
    DeviceModel better = model.get().after(work, seconds);
    if (Math.abs(better.unit() / model.get().unit() - 1) > CHANGE) {
      put(device, work.kind(), better);
    }
  }

  /// Takes note of what was measured of a device.
  public synchronized void put(Device device, Workload.Kind kind, DeviceModel model) {
    models.put(Key.of(device, kind), model);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      byte[] text = text().getBytes(StandardCharsets.UTF_8);
      WholeFile.write(file, out -> out.write(text));
    } catch (IOException e) {
      tell("cannot be written", e);
    }
  }

  private String text() throws IOException {
    StringWriter text = new StringWriter();
    try (CSVPrinter rows = new CSVPrinter(text, Csv.format(HEADER))) {
      for (Map.Entry<Key, DeviceModel> entry : models.entrySet()) {
        Key key = entry.getKey();
        DeviceModel model = entry.getValue();
        rows.printRecord(
            key.twister(),
            key.backend(),
            key.device(),
            key.driver(),
            key.kind(),
            model.start(),
            model.step(),
            model.unit(),
            model.width());
      }
    }
    return text.toString();
  }

  private void tell(String what, IOException problem) {
    warnings.accept("%s %s: %s".formatted(file, what, FailureReason.of(problem)));
  }
}
