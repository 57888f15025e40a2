package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.chart.Figure;
import twister.chart.FigureStyle;
import twister.chart.LossFigure;
import twister.chart.LossView;
import twister.tracking.RunFolder;
import twister.tracking.RunSearch;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister plot`: figures for a report, drawn from the results alone.
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Draws the loss curves of runs in the size that a report needs.",
      "What the figure shows is written into a .txt beside it, ready for a caption."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  twister plot 2fa0 --out loss.pdf --width 8.5cm --font-size 9",
      "  twister plot 2fa0 f95b --out both.svg --steps 0:500 --unit bits",
      "  twister plot 2fa0 --out loss.pdf --smooth 100 --log-x --font 'DejaVu Serif'"
    })
final class PlotCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "a run's id, the beginning of the id, or its folder; several in one figure")
  private List<String> runs;

  @Mixin private LossOptions losses;
  @Mixin private FigureOptions options;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the runs are (default: ${DEFAULT-VALUE})",
      defaultValue = "results")
  private Path results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    FigureStyle style = options.style();
    Figure.Format format = options.format();
    Path file = options.file("loss");
    LossView view = losses.view();
    Figure figure = LossFigure.of(folders(), view, style);
    List<Path> files = figure.write(file, format);
    Path words = figure.writeWords(file);
    PrintWriter printed = command.commandLine().getOut();
    files.forEach(printed::println);
    printed.println(words);
    printed.flush();
    return ExitCode.DONE;
  }

  private List<RunFolder> folders() throws InvalidInputException, IOException {
    if (runs.size() > LossFigure.MOST_RUNS) {
      throw new InvalidInputException(
          Mistake.in(
              "RUN",
              "found %d runs, allowed: at most %d, which can be told apart in one figure"
                  .formatted(runs.size(), LossFigure.MOST_RUNS)));
    }
    return RunSearch.runs(
        results,
        "RUN",
        runs,
        run -> Files.exists(run.metrics()) ? Optional.empty() : Optional.of("has no metrics.csv"));
  }
}
