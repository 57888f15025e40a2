package twister.experiment;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import twister.spec.DataSpec;
import twister.spec.DeviceSpec;
import twister.yaml.InvalidInputException;

/// What the machines of a cluster need to train any batch of a sweep, as plain values.
///
/// @param key which names the job
/// @param name of the sweep
/// @param device what to train on: `auto`, `cpu` or `gpu`
/// @param symbols V, the most that any of the runs has
/// @param words the bytes of each file of words, by its name in the experiment
public record ClusterJob(
    String key, String name, String device, int symbols, Map<String, byte[]> words)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public ClusterJob {
    // Plain classes only: it is read where others are not known.
    words = new TreeMap<>(words);
  }

  /// What the runs of a sweep need.
  ///
  /// @throws IOException if its words cannot be sent, or its device cannot be one of a cluster
  public static ClusterJob of(Experiment sweep) throws IOException {
    DeviceSpec device = sweep.sweep().first().device();
    if (!device.isOfAnyMachine()) {
      throw new IOException(
          "on a cluster, the device is auto, cpu or gpu, not %s".formatted(device.choice()));
    }
    Map<String, byte[]> words = new LinkedHashMap<>();
    for (RunInputs run : sweep.runs()) {
      DataSpec data = run.spec().data();
      if (!words.containsKey(data.file())) {
        words.put(data.file(), bytes(sweep.file(), data));
      }
    }
    return new ClusterJob(
        UUID.randomUUID().toString(),
        sweep.name(),
        device.choice(),
        sweep.request().symbols(),
        words);
  }

  private static byte[] bytes(Path file, DataSpec data) throws IOException {
    try {
      Path words = RunInputs.words(file, data);
      if (!Files.isRegularFile(words)) {
        throw new IOException(words + ": is no file, so that it cannot be sent to other machines");
      }
      return Files.readAllBytes(words);
    } catch (InvalidInputException e) {
      throw new IOException(e.getMessage(), e); // It was there when the experiment was read.
    }
  }
}
