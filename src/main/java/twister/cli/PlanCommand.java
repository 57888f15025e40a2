package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import twister.backend.Device;
import twister.backend.Workload;
import twister.backend.cpu.CpuBackend;
import twister.experiment.Devices;
import twister.experiment.Experiment;
import twister.experiment.PlannedRun;
import twister.experiment.ResultsFolder;
import twister.experiment.RunInputs;
import twister.experiment.SweepTraining;
import twister.report.RunHeader;
import twister.report.WrappedLines;
import twister.spec.TrainingSpec;
import twister.tracking.ExperimentFolder;
import twister.yaml.InvalidInputException;

/// `twister plan`: what a run would do, and how long it would take.
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Says how many runs an experiment has, in what batches, and how long they take.",
    footerHeading = "%nExample:%n",
    footer =
        "  ${ROOT-COMMAND-NAME} plan experiments/bigram.yaml --sweep 'training.l2=log(0.001,1,8)'")
final class PlanCommand implements Callable<Integer> {
  /// What the files of a run take besides its training, as measured with thousands of runs.
  private static final double SECONDS_PER_RUN = 0.0025;

  /// The same where all files are kept, as measured with a hundred.
  private static final double SECONDS_PER_FULL_RUN = 0.02;

  /// The start and the charts.
  private static final double SECONDS_PER_COMMAND = 2.5;

  /// Java with TornadoVM's options, and the search for devices.
  private static final double SECONDS_PER_DEVICE = 2;

  @Mixin private ExperimentFiles experiments;

  @Mixin private ResultsOption results;

  @Mixin private DeviceOption device;

  @Option(
      names = "--measure",
      description = "first measures the devices that were never measured, some seconds each")
  private boolean measure;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    try {
      device.check();
      List<Experiment> all = experiments.read(device.overrides());
      List<Devices.Choice> choices = device.choose(all.stream().map(Experiment::request).toList());
      if (measure) {
        for (int i = 0; i < all.size(); i++) {
          choices.get(i).measure(all.get(i).work());
        }
      }
      PrintWriter out = command.commandLine().getOut();
      for (int i = 0; i < all.size(); i++) {
        out.println(WrappedLines.of(plan(all.get(i), choices.get(i)), Terminal.columns()));
      }
      out.flush();
      return ExitCode.DONE;
    } catch (Devices.NotLoaded e) {
      return DeviceOption.relaunch(
          command.root().commandLine().getParseResult().originalArgs(), Map.of(), results.folder());
    }
  }

  private String plan(Experiment experiment, Devices.Choice choice) throws IOException {
    Devices.Choice used = experiment.sweep().isOne() ? choice.first() : choice;
    boolean isGrid = experiment.isKnownBefore();
    List<PlannedRun> cells = PlannedRun.of(experiment.runs(), choice.device());
    ExperimentFolder folder = new ExperimentFolder(results.folder().resolve(experiment.name()));
    PlannedRun.Names complete =
        PlannedRun.Names.of(
            Files.isDirectory(folder.path()) && isGrid ? folder.complete() : Set.of());
    List<PlannedRun> missing = cells.stream().filter(cell -> cell.in(complete).isEmpty()).toList();
    List<List<PlannedRun>> batches = SweepTraining.batches(missing, choice);
    long bytes =
        batches.stream()
            .mapToLong(batch -> batch.stream().mapToLong(cell -> cell.inputs().bytes()).sum())
            .max()
            .orElse(0);
    int runs = isGrid ? missing.size() : experiment.size();
    long disk = ResultsFolder.plan(experiment).bytes() / experiment.size() * runs;
    double each = experiment.keepsAll() ? SECONDS_PER_FULL_RUN : SECONDS_PER_RUN;
    double files = SECONDS_PER_COMMAND + runs * each;
    return String.format(
        Locale.ROOT,
        """
        %s
          sweep     %s
          runs      %s
          batches   %s
          device    %s
          memory    %s for the largest batch, besides the words; Java may take %s
          disk      about %s
          time      %s%s\
        """,
        experiment.sweep().first().title(),
        experiment.sweep().isOne() ? "none" : experiment.sweep().text(),
        !isGrid
            ? String.format(Locale.ROOT, "at most %,d", runs)
            : String.format(
                Locale.ROOT,
                "%,d, of which %,d %s in %s",
                cells.size(),
                cells.size() - missing.size(),
                cells.size() - missing.size() == 1 ? "is" : "are",
                folder.path()),
        batches(experiment, batches),
        used.text(),
        size(bytes),
        size(Runtime.getRuntime().maxMemory()),
        size(disk),
        isGrid && missing.isEmpty()
            ? "none, as all runs are trained"
            : time(used, isGrid ? works(batches) : experiment.work(), files),
        experiment.runs().stream().anyMatch(PlanCommand::hasStop)
            ? ", less where training.stop ends a run (%s)".formatted(stop(experiment))
            : "");
  }

  private static boolean hasStop(RunInputs run) {
    return run.spec().training().flatMap(TrainingSpec::stop).isPresent();
  }

  private static String stop(Experiment experiment) {
    List<String> stops =
        experiment.runs().stream()
            .flatMap(run -> run.spec().training().flatMap(TrainingSpec::stop).stream())
            .map(RunHeader::stop)
            .distinct()
            .toList();
    return stops.size() == 1 ? stops.getFirst() : "it varies";
  }

  private static List<Workload> works(List<List<PlannedRun>> batches) {
    return batches.stream()
        .flatMap(batch -> Experiment.work(batch.stream().map(PlannedRun::inputs).toList()).stream())
        .toList();
  }

  /// @param files what all else takes but the training, in seconds
  static String time(Devices.Choice choice, List<Workload> work, double files) {
    Device device = choice.device();
    boolean isProcessor = device.backend().equals(CpuBackend.NAME);
    Optional<Double> measured = choice.models().seconds(device, work);
    if (measured.isEmpty() && !isProcessor) {
      return "not known, as %s was not measured yet; --measure measures it"
          .formatted(device.index());
    }
    double training =
        measured.orElseGet(() -> choice.models().secondsOfProcessor(device, work))
            / choice.devices().size();
    String on =
        isProcessor
            ? "the processor"
            : choice.devices().stream().map(Device::index).collect(Collectors.joining(" and "));
    return "about %s on %s, %s of it training%s"
        .formatted(
            seconds(files + (isProcessor ? 0 : SECONDS_PER_DEVICE) + training),
            on,
            seconds(training),
            measured.isEmpty() || work.isEmpty() ? "" : ", as was measured");
  }

  private static String batches(Experiment experiment, List<List<PlannedRun>> batches) {
    if (experiment.sweep().method().isSearch()) {
      return "one setting after the other";
    }
    if (!experiment.sweep().rungs().isEmpty()) {
      return "rungs of %s steps"
          .formatted(
              experiment.sweep().rungs().stream()
                  .map(steps -> String.format(Locale.ROOT, "%,d", steps))
                  .collect(Collectors.joining(", ")));
    }
    int most = batches.stream().mapToInt(List::size).max().orElse(0);
    int least = batches.stream().mapToInt(List::size).min().orElse(0);
    return batches.isEmpty()
        ? "none"
        : most == least
            ? String.format(
                Locale.ROOT, "%,d of %,d %s", batches.size(), most, most == 1 ? "run" : "runs")
            : String.format(Locale.ROOT, "%,d of %,d to %,d runs", batches.size(), least, most);
  }

  private static String size(long bytes) {
    return bytes < 10 << 20
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0)
        : String.format(Locale.ROOT, "%,d MB", bytes >> 20);
  }

  private static String seconds(double seconds) {
    return seconds < 10
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : seconds < 600
            ? String.format(Locale.ROOT, "%.0f s", seconds)
            : seconds < 36_000
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%,.0f h", seconds / 3600);
  }
}
