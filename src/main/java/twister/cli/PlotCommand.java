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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.chart.ChartSize;
import twister.chart.Figure;
import twister.chart.LossFigure;
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
      "  twister plot j358 --out loss.pdf --width 8.5cm --font-size 9",
      "  twister plot j358 meb0 --out both.svg"
    })
final class PlotCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "a run's id, the beginning of the id, or its folder; several in one figure")
  private List<String> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where the figure is written (default: loss.png)")
  private Optional<Path> out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "png, svg or pdf (default: that of the ending of --out)")
  private Optional<Figure.Format> format;

  @Option(
      names = "--width",
      paramLabel = "LENGTH",
      description = "such as 8.5cm, 85mm, 3.3in or 1200px (default: 1200px)")
  private Optional<String> width;

  @Option(
      names = "--height",
      paramLabel = "LENGTH",
      description = "(default: two thirds of the width)")
  private Optional<String> height;

  @Option(
      names = "--font-size",
      paramLabel = "POINTS",
      description = "of the numbers at the axes (default: 9 on paper, 8.16 in pixels)")
  private Optional<Double> fontSize;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the runs are (default: ${DEFAULT-VALUE})",
      defaultValue = "results")
  private Path results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    ChartSize size = FigureSize.of(width, height, fontSize);
    Figure.Format chosen = chosen();
    Path file = out.orElse(Path.of("loss" + chosen.ending()));
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(
          Mistake.in("--out " + file, "is a folder, allowed: a file, such as loss.pdf"));
    }
    List<RunFolder> folders = folders();
    PrintWriter printed = command.commandLine().getOut();
    LossFigure.of(folders, size).write(file, chosen).forEach(printed::println);
    printed.flush();
    return ExitCode.DONE;
  }

  private Figure.Format chosen() throws InvalidInputException {
    if (format.isPresent() || out.isEmpty()) {
      return format.orElse(Figure.Format.PNG);
    }
    String name = out.get().toString().toLowerCase(Locale.ROOT);
    for (Figure.Format each : Figure.Format.values()) {
      if (name.endsWith(each.ending())) {
        return each;
      }
    }
    throw new InvalidInputException(
        Mistake.in(
            "--out " + out.get(),
            "does not say the format, allowed: a name that ends in .png, .svg or .pdf, or"
                + " --format"));
  }

  private List<RunFolder> folders() throws InvalidInputException, IOException {
    if (runs.size() > LossFigure.MOST_RUNS) {
      throw new InvalidInputException(
          Mistake.in(
              "RUN",
              "found %d runs, allowed: at most %d, which can be told apart in one figure"
                  .formatted(runs.size(), LossFigure.MOST_RUNS)));
    }
    List<RunFolder> folders = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (String name : runs) {
      try {
        RunFolder folder = RunSearch.run(results, "RUN", name);
        folders.add(folder);
        if (!Files.exists(folder.metrics())) {
          mistakes.add(Mistake.in("RUN " + folder.path(), "has no metrics.csv"));
        }
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
