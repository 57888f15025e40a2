package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.experiment.FailureReason;
import twister.tracking.Doctor;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunTwins;
import twister.yaml.InvalidInputException;

/// `twister doctor`: examines results, and repairs what can be derived.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Checks the files of experiments, and repairs those that follow from others.",
      "It marks damaged runs as failed; the next twister run trains them again.",
      "Of several folders of one experiment, it names runs of one name that differ."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  all is well, or was repaired; files that are not Twister's do not count",
      "  1  some runs must be trained anew, or something is left to be repaired"
    })
final class DoctorCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "EXPERIMENT",
      description = "names, folders or files of experiments (default: all)")
  private List<String> names = List.of();

  @Mixin private ResultsOption results;

  @Option(names = "--dry-run", description = "reports what is wrong, and changes nothing")
  private boolean dryRun;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    PrintWriter out = command.commandLine().getOut();
    int code = ExitCode.DONE;
    List<ExperimentFolder> experiments = experiments();
    for (ExperimentFolder experiment : experiments) {
      code = Math.max(code, examine(experiment, out));
    }
    List<RunTwins.Difference> differences = RunTwins.differences(experiments);
    for (RunTwins.Difference difference : differences) {
      out.println(
          "%s differs from %s in %s; equal settings give equal bytes: find out which one is right,"
                  .formatted(difference.other(), difference.one(), difference.file())
              + " and delete the other one");
    }
    out.flush();
    return differences.isEmpty() ? code : ExitCode.FAILED;
  }

  private List<ExperimentFolder> experiments() throws InvalidInputException, IOException {
    if (names.isEmpty()) {
      return ExperimentChoice.all(results.folder());
    }
    List<ExperimentFolder> experiments = new ArrayList<>();
    for (String name : names) {
      experiments.add(ExperimentChoice.begun(results.folder(), name));
    }
    return experiments;
  }

  /// What cannot be read ends the examination of one experiment only.
  private int examine(ExperimentFolder experiment, PrintWriter out) {
    try {
      if (!Files.isWritable(experiment.path())) {
        return tell(experiment, false, " (cannot be written, so nothing is repaired)", out);
      }
      Optional<FileChannel> lock = experiment.lock();
      if (lock.isEmpty()) {
        Terminal.warn(experiment.path() + " is in use by another twister; not checked");
        return ExitCode.FAILED;
      }
      try {
        return tell(experiment, !dryRun, "", out);
      } finally {
        lock.get().close();
      }
    } catch (IOException e) {
      Terminal.warn(experiment.path() + ": " + FailureReason.of(e));
      return ExitCode.FAILED;
    }
  }

  private static int tell(
      ExperimentFolder experiment, boolean repairs, String remark, PrintWriter out)
      throws IOException {
    List<Doctor.Finding> findings = Doctor.examine(experiment, repairs);
    String count =
        findings.isEmpty()
            ? "all is well"
            : findings.size() == 1 ? "1 finding" : "%,d findings".formatted(findings.size());
    out.println("%s: %s%s".formatted(experiment.path(), count, remark));
    for (Doctor.Finding finding : findings) {
      out.println(
          "  %s: %s; %s"
              .formatted(
                  experiment.path().relativize(finding.path()),
                  finding.problem(),
                  finding.remedy()));
    }
    return findings.stream().anyMatch(finding -> finding.weight() == Doctor.Weight.OPEN)
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }
}
