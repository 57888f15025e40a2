package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.page.Report;
import twister.page.ReportOptions;
import twister.tracking.ExperimentFolder;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister report`: what experiments found, as one page or document.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Writes what experiments found into one page: answer, charts, leaderboard, samples, and how"
            + " to repeat it. The page needs no network and no other file.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} report learning-rate-and-l2",
      "  ${ROOT-COMMAND-NAME} report bigram perceptron --out comparison.html --unit bits",
      "  ${ROOT-COMMAND-NAME} report bigram --out docs/bigram.md"
    })
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "EXPERIMENT",
      description = "the name of an experiment, its folder, or its file")
  private List<String> names = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "a page (.html), or a document (.md) with its charts in a folder beside it (default:"
              + " report.html in the folder of the experiment; of several, in that of the results)")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--test", description = "shows losses on the test words, too")
  private boolean test;

  @Mixin private UnitOption unit;

  @Mixin private ResultsOption results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    boolean isMarkdown = isMarkdown();
    List<ExperimentFolder> folders = folders();
    Path file = out.orElseGet(() -> usual(folders));
    PrintWriter printed = command.commandLine().getOut();
    Report report = Report.of(folders, file, new ReportOptions(unit.unit(), test));
    if (isMarkdown) {
      Path charts = report.writeMarkdown(file);
      printed.println(file);
      printed.println(charts + "/");
    } else {
      report.writeHtml(file);
      printed.println(file);
    }
    printed.flush();
    report.lackingLetters().warning().ifPresent(Terminal::warn);
    return ExitCode.DONE;
  }

  private Path usual(List<ExperimentFolder> folders) {
    Path folder = folders.size() == 1 ? folders.getFirst().path() : results.folder();
    return folder.resolve("report.html");
  }

  /// Whether the report is a document.
  private boolean isMarkdown() throws InvalidInputException {
    if (out.isEmpty()) {
      return false;
    }
    String source = "--out " + out.get();
    String name = String.valueOf(out.get().getFileName()).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".html") && !name.endsWith(".md")) {
      throw new InvalidInputException(
          Mistake.in(source, "allowed: a file that ends in .html or .md"));
    }
    Path folder = out.get().toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidInputException(Mistake.in(source, "there is no folder " + folder));
    }
    return name.endsWith(".md");
  }

  private List<ExperimentFolder> folders() throws InvalidInputException, IOException {
    List<ExperimentFolder> folders = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (String name : names) {
      try {
        ExperimentFolder folder = ExperimentChoice.of(results.folder(), name);
        if (folders.contains(folder)) {
          mistakes.add(Mistake.in("EXPERIMENT " + name, "is named twice"));
        }
        folders.add(folder);
      } catch (InvalidInputException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    return folders;
  }
}
