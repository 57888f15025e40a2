package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.spec.InvalidInputException;
import twister.tracking.Doctor;
import twister.tracking.ExperimentFolder;

/// `twister doctor`: examines results, and repairs what can be derived.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Examines the files of experiments; repairs what can be derived from others.",
      "Damaged runs are marked as failed, and trained anew by the next twister run."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  all is well, or was repaired",
      "  1  some runs must be trained anew, or something would be repaired"
    })
final class DoctorCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "EXPERIMENT",
      description = "names, folders or files of experiments (default: all)")
  private List<String> names = List.of();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the runs are (default: ${DEFAULT-VALUE})",
      defaultValue = "results")
  private Path results;

  @Option(names = "--dry-run", description = "changes nothing")
  private boolean dryRun;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    try {
      int code = ExitCode.DONE;
      for (ExperimentFolder experiment : experiments()) {
        code = Math.max(code, examine(experiment, out));
      }
      out.flush();
      return code;
    } catch (InvalidInputException e) {
      System.err.println(e.getMessage());
      return ExitCode.WRONG_INPUT;
    } catch (IOException e) {
      System.err.println("twister: " + Reason.of(e));
      return ExitCode.FAILED;
    }
  }

  private List<ExperimentFolder> experiments() throws InvalidInputException, IOException {
    if (names.isEmpty()) {
      return ExperimentChoice.all(results);
    }
    List<ExperimentFolder> experiments = new ArrayList<>();
    for (String name : names) {
      experiments.add(ExperimentChoice.of(results, name));
    }
    return experiments;
  }

  private int examine(ExperimentFolder experiment, PrintWriter out) throws IOException {
    Optional<FileChannel> lock =
        Files.isWritable(experiment.path()) ? experiment.lock() : Optional.empty();
    if (lock.isEmpty()) {
      System.err.println(
          "twister: "
              + experiment.path()
              + " is in use by another twister, or may not be written; not examined");
      return ExitCode.FAILED;
    }
    try {
      List<Doctor.Finding> findings = Doctor.examine(experiment, !dryRun);
      out.println(
          "%s: %s"
              .formatted(
                  experiment.path(),
                  findings.isEmpty()
                      ? "all is well"
                      : findings.size() == 1 ? "1 finding" : "%,d findings".formatted(findings.size())));
      for (Doctor.Finding finding : findings) {
        out.println(
            "  %s: %s; %s"
                .formatted(
                    experiment.path().relativize(finding.path()),
                    finding.problem(),
                    finding.remedy()));
      }
      return findings.stream().allMatch(Doctor.Finding::isRepaired)
          ? ExitCode.DONE
          : ExitCode.FAILED;
    } finally {
      lock.get().close();
    }
  }
}
