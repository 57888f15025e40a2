package twister.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.spec.DataSpec;
import twister.spec.ExperimentSpec;
import twister.spec.SpecReader;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.yaml.InvalidInputException;

/// Trains batches of a cluster's job on one of its machines, in folders that are deleted again.
public final class BatchWorker {
  private static final ConcurrentHashMap<String, BatchWorker> OF_JOBS = new ConcurrentHashMap<>();

  private final ClusterJob job;
  private final Devices devices;

  /// What was made of the words, which takes longer than to train a small batch.
  private final Map<DataSpec, RunInputs> inputs = new ConcurrentHashMap<>();

  private final Map<DataSpec, Provenance> provenances = new ConcurrentHashMap<>();

  BatchWorker(ClusterJob job, Devices devices) {
    this.job = job;
    this.devices = devices;
  }

  /// The worker of a job in this process.
  public static BatchWorker of(ClusterJob job) {
    return OF_JOBS.computeIfAbsent(
        job.key(), _ -> new BatchWorker(job, new Devices(BatchWorker::tellNobody)));
  }

  /// Warnings are for those who sit at the machine.
  private static void tellNobody(String warning) {}

  /// What this machine trains on.
  ///
  /// @param gpu which of its GPUs the cluster lends to the batch, the first is 0
  public Machine machine(OptionalInt gpu) {
    try {
      return Machine.of(choice(gpu).device());
    } catch (InvalidInputException e) {
      return Machine.unable(String.valueOf(e.getMessage()));
    } catch (Devices.NotLoaded e) {
      return Machine.unable(
          "its Java was not started with TornadoVM's options, see docs/scaling.md");
    }
  }

  private Devices.Choice choice(OptionalInt gpu) throws InvalidInputException, Devices.NotLoaded {
    return devices.lent(job.device(), gpu, job.symbols());
  }

  /// Trains a batch.
  ///
  /// @param scratch a folder for what is deleted again
  /// @param gpu which of the machine's GPUs the cluster lends to the batch, the first is 0
  /// @return what came of it, or why nothing did
  public BatchResult train(BatchOrder order, Path scratch, OptionalInt gpu) {
    try {
      Path folder = Files.createTempDirectory(scratch, "batch");
      try {
        return trained(order, folder, choice(gpu));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      return BatchResult.failed(FailureReason.of(e));
    } catch (InvalidInputException | Devices.NotLoaded | DeviceException e) {
      return BatchResult.failed(String.valueOf(e.getMessage()));
    }
  }

  private BatchResult trained(BatchOrder order, Path folder, Devices.Choice choice)
      throws IOException, InvalidInputException {
    List<ModelTraining.Run> begun = new ArrayList<>();
    for (BatchOrder.Run run : order.runs()) {
      begun.add(begun(run, order, folder, choice.device()));
    }
    List<ModelTraining.Run> runs = Checkpoints.ready(begun, true);
    List<RunRecord> ended =
        new ModelTraining(runs, choice, false, (_, _) -> {}, ExperimentListener.SILENT).trained();
    List<Map<String, byte[]>> files = new ArrayList<>();
    for (int i = 0; i < ended.size(); i++) {
      RunFolder made = runs.get(i).folder();
      ended.get(i).write(made.run());
      files.add(made.contents());
    }
    return new BatchResult(files, "");
  }

  private ModelTraining.Run begun(BatchOrder.Run run, BatchOrder order, Path folder, Device device)
      throws IOException, InvalidInputException {
    Path file = folder.resolve(run.id() + ".yaml");
    Files.write(file, run.spec().getBytes(StandardCharsets.UTF_8));
    RunInputs made = inputs(SpecReader.read(file, List.of()), folder);
    PlannedRun planned = PlannedRun.of(made, device);
    if (!planned.id().equals(run.id())) {
      throw new IOException(
          "%s is another device than that of the first machine, and would make another run"
              .formatted(device.name()));
    }
    RunRecord record =
        RunRecord.begun(
            run.id(),
            planned.settings(),
            provenances
                .computeIfAbsent(
                    made.spec().data(), _ -> made.provenance(device, order.experiment()))
                .on(device));
    return new ModelTraining.Run(
        made, record, new RunFolder(folder.resolve(run.id())), order.isInFull());
  }

  /// A run with its words, from the file that was sent; what it expects was judged before.
  private RunInputs inputs(ExperimentSpec spec, Path folder)
      throws IOException, InvalidInputException {
    RunInputs same = inputs.get(spec.data());
    if (same == null) {
      Path words = folder.resolve("words");
      Files.write(words, Optional.ofNullable(job.words().get(spec.data().file())).orElseThrow());
      same = RunInputs.of(folder.resolve("spec.yaml"), spec.withoutExpectations(), words);
      inputs.put(spec.data(), same);
    }
    return same.with(spec);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
