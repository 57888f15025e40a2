package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.chart.ComparedExperiments;
import twister.chart.Figure;
import twister.chart.FigureKind;
import twister.chart.FigureStyle;
import twister.chart.LossFigure;
import twister.chart.LossView;
import twister.chart.RunFigure;
import twister.chart.SweepFigure;
import twister.spec.ColourScale;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.tracking.RunsTable;
import twister.yaml.ChoiceRule;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;
import twister.yaml.NearestName;

/// `twister plot`: figures for a report, drawn from the results alone.
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Draws a figure of runs or experiments in the size that a report needs.",
      "What the figure shows is written into a .txt beside it, ready for a caption."
    },
    footerHeading = "%nCharts:%n",
    footer = {
      "  of a run          loss, bigrams, probabilities, difference (model minus",
      "                    counts, or two runs), range (of a range test), profile",
      "  of an experiment  losses, heatmap, by-key, seeds",
      "  of several        loss (at most 8 runs), compare (the best setting of each)",
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} plot j358 --out loss.pdf --width 8.5cm --font-size 9",
      "  ${ROOT-COMMAND-NAME} plot j358 meb0 --out both.svg --steps 0:500 --unit bits",
      "  ${ROOT-COMMAND-NAME} plot j358 --out loss.tex --smooth 100 --log-x",
      "  ${ROOT-COMMAND-NAME} plot sweep --chart by-key --x learning-rate --colour l2",
      "  ${ROOT-COMMAND-NAME} plot sweep --chart by-key --x learning-rate --panel l2 --width 17cm",
      "  ${ROOT-COMMAND-NAME} plot bigram perceptron --out compared.pdf --font 'DejaVu Serif'"
    })
final class PlotCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "EXPERIMENT|RUN",
      description =
          "an experiment's name, folder or file; a run's id, its beginning or the run's folder; "
              + "several in one figure")
  private List<String> names;

  @Option(
      names = "--chart",
      paramLabel = "CHART",
      completionCandidates = FigureKind.Words.class,
      description =
          "which one, see below (default: of runs loss, of an experiment losses, of several "
              + "compare)")
  private Optional<String> chart = Optional.empty();

  @Option(names = "--x", paramLabel = "KEY", description = "the key across, such as l2")
  private Optional<String> x = Optional.empty();

  @Option(names = "--y", paramLabel = "KEY", description = "the key upwards, of a heatmap")
  private Optional<String> y = Optional.empty();

  @Option(
      names = "--colour",
      paramLabel = "KEY",
      description = "the key with a colour for each value")
  private Optional<String> colour = Optional.empty();

  @Option(
      names = "--panel",
      paramLabel = "KEY",
      description = "the key with a panel for each value, at most 12")
  private Optional<String> panel = Optional.empty();

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      description =
          "how colours of bigrams and probabilities are spread: linear, sqrt or log (default: "
              + "the mildest that leaves less than half of the pairs nearly white)")
  private Optional<ColourScale> scale = Optional.empty();

  @Mixin private LossOptions losses;
  @Mixin private FigureOptions options;

  @Mixin private ResultsOption results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    FigureStyle style = options.style();
    Figure.Format format = options.format();
    LossView view = losses.view();
    Optional<FigureKind> asked = asked();
    PlotTargets targets = PlotTargets.of(results.folder(), names);
    FigureKind kind = asked.isPresent() ? asked.get() : natural(targets);
    Path file = options.file(kind.word());
    Figure figure = figure(kind, targets, view, style);
    if (!figure.has(format)) {
      throw new InvalidInputException(
          Mistake.in(
              "--chart " + kind.word(),
              "has more cells than TeX has room for, allowed: png, svg or pdf"));
    }
    PrintWriter printed = command.commandLine().getOut();
    figure.write(file, format).forEach(printed::println);
    printed.flush();
    figure.lackingLetters().warning().ifPresent(Terminal::warn);
    return ExitCode.DONE;
  }

  private Optional<FigureKind> asked() throws InvalidInputException {
    if (chart.isEmpty()) {
      return Optional.empty();
    }
    Optional<FigureKind> kind = FigureKind.of(chart.get());
    if (kind.isEmpty()) {
      List<String> words = FigureKind.words();
      throw new InvalidInputException(
          Mistake.in(
              "--chart " + chart.get(),
              "there is no such chart%s (charts: %s)"
                  .formatted(
                      NearestName.of(chart.get(), words)
                          .map(", did you mean %s?"::formatted)
                          .orElse(""),
                      String.join(", ", words))));
    }
    return kind;
  }

  private static FigureKind natural(PlotTargets targets) throws IOException {
    if (targets.experiments().isEmpty()) {
      return FigureKind.LOSS;
    }
    if (targets.experiments().size() + targets.runs().size() > 1) {
      return targets.runs().isEmpty() ? FigureKind.COMPARE : FigureKind.LOSS;
    }
    int runs = RunsTable.read(targets.experiments().getFirst()).rows().size();
    return runs == 1 ? FigureKind.LOSS : FigureKind.LOSSES;
  }

  private Figure figure(FigureKind kind, PlotTargets targets, LossView view, FigureStyle style)
      throws InvalidInputException, IOException {
    SweepFigure.Keys keys = new SweepFigure.Keys(x, y, colour, panel);
    refuseScaleFor(kind);
    return switch (kind) {
      case LOSS -> {
        keys.refuseFor(kind);
        yield panel.isPresent()
            ? LossFigure.panels(runs(kind, targets, Integer.MAX_VALUE), panel.get(), view, style)
            : LossFigure.of(runs(kind, targets, LossFigure.MOST_RUNS), view, style);
      }
      case COMPARE -> {
        keys.refuseFor(kind);
        yield ComparedExperiments.of(
            experiments(kind, keys, targets, LossFigure.MOST_RUNS), view, style);
      }
      case BIGRAMS, PROBABILITIES, RANGE, PROFILE, DIFFERENCE -> {
        keys.refuseFor(kind);
        losses.refuseFor(kind);
        int most = kind == FigureKind.DIFFERENCE ? 2 : 1;
        yield RunFigure.of(kind, runs(kind, targets, most), scale, style);
      }
      case LOSSES, HEATMAP, BY_KEY, SEEDS -> {
        losses.refuseFor(kind);
        SweepFigure sweep = SweepFigure.of(experiments(kind, keys, targets, 1).getFirst());
        yield sweep.draw(kind, keys, losses.losses(), style);
      }
    };
  }

  private void refuseScaleFor(FigureKind kind) throws InvalidInputException {
    if (scale.isPresent() && kind != FigureKind.BIGRAMS && kind != FigureKind.PROBABILITIES) {
      throw new InvalidInputException(
          Mistake.in(
              "--scale " + ChoiceRule.name(scale.get()),
              "%s; allowed with --chart bigrams or probabilities".formatted(whyNoScale(kind))));
    }
  }

  private static String whyNoScale(FigureKind kind) {
    return switch (kind) {
      case HEATMAP ->
          "a heatmap of losses always spreads its colours by the square root of the loss above the"
              + " lowest, so that good losses differ from better ones";
      case DIFFERENCE -> "a figure of differences has one scale on both sides of zero";
      default -> "a figure of %s has none".formatted(kind.word());
    };
  }

  /// The runs named, and those of the experiments named.
  private static List<RunFolder> runs(FigureKind kind, PlotTargets targets, int most)
      throws InvalidInputException, IOException {
    List<RunFolder> runs = new ArrayList<>(targets.runs());
    for (ExperimentFolder experiment : targets.experiments()) {
      RunsTable.read(experiment).rows().forEach(row -> runs.add(experiment.run(row.text("run"))));
    }
    refuseMany(kind, runs.size(), "runs", most);
    List<Mistake> mistakes = new ArrayList<>();
    for (RunFolder run : runs) {
      Set<FigureKind> kinds = RunFigure.kinds(run);
      if (!kinds.contains(kind)) {
        mistakes.add(refusal("RUN " + run.path(), kind, kinds));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    return runs;
  }

  private static List<ExperimentFolder> experiments(
      FigureKind kind, SweepFigure.Keys keys, PlotTargets targets, int most)
      throws InvalidInputException, IOException {
    List<Mistake> mistakes = new ArrayList<>();
    for (RunFolder run : targets.runs()) {
      mistakes.add(refusal("RUN " + run.path(), kind, RunFigure.kinds(run)));
    }
    for (ExperimentFolder experiment : targets.experiments()) {
      Set<FigureKind> kinds = SweepFigure.of(experiment).kinds(keys);
      if (!kinds.contains(kind)) {
        mistakes.add(refusal("EXPERIMENT " + experiment.path(), kind, kinds));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    refuseMany(kind, targets.experiments().size(), "experiments", most);
    return targets.experiments();
  }

  private static Mistake refusal(String name, FigureKind kind, Set<FigureKind> kinds) {
    String has = kinds.stream().map(FigureKind::word).collect(Collectors.joining(", "));
    return Mistake.in(
        name,
        "has no chart of %s, which is of %s; %s"
            .formatted(
                kind.word(), subject(kind), has.isEmpty() ? "it has none yet" : "it has: " + has));
  }

  /// What a kind of chart can be drawn of.
  private static String subject(FigureKind kind) {
    return switch (kind) {
      case LOSS -> "trained runs";
      case BIGRAMS, PROBABILITIES, DIFFERENCE -> "a run over bigrams";
      case RANGE -> "a range test of the learning rate";
      case PROFILE -> "a run on a device with --profile";
      case LOSSES -> "experiments";
      case HEATMAP -> "a sweep over two keys that are numbers";
      case BY_KEY -> "a sweep over a key";
      case SEEDS -> "one setting with several seeds, or of each with --panel KEY";
      case COMPARE -> "several experiments";
    };
  }

  private static void refuseMany(FigureKind kind, int found, String what, int most)
      throws InvalidInputException {
    if (found > most) {
      throw new InvalidInputException(
          Mistake.in(
              "--chart " + kind.word(),
              "found %d %s, allowed: at most %d in one figure".formatted(found, what, most)));
    }
  }
}
