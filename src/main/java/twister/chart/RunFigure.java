package twister.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import twister.spec.ChartKind;
import twister.spec.ColourScale;
import twister.tracking.BigramTable;
import twister.tracking.ProfileTable;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// A figure of a run, or of two, drawn from their files.
public final class RunFigure {
  private RunFigure() {}

  /// The kinds of figures that the files of a run allow.
  ///
  /// @throws IOException if its experiment file cannot be read
  public static Set<FigureKind> kinds(RunFolder run) throws IOException {
    Set<FigureKind> kinds = EnumSet.noneOf(FigureKind.class);
    if (Files.exists(run.metrics())) {
      kinds.add(FigureKind.LOSS);
      if (isRangeTest(run)) {
        kinds.add(FigureKind.RANGE);
      }
    }
    if (Files.exists(run.bigrams())) {
      kinds.addAll(EnumSet.of(FigureKind.BIGRAMS, FigureKind.PROBABILITIES, FigureKind.DIFFERENCE));
    }
    if (Files.exists(run.profile())) {
      kinds.add(FigureKind.PROFILE);
    }
    return kinds;
  }

  private static boolean isRangeTest(RunFolder run) {
    return run.experiment()
        .filter(spec -> spec.charts().kinds().contains(ChartKind.LEARNING_RATE_RANGE))
        .isPresent();
  }

  /// Draws a figure other than that of the losses.
  ///
  /// @param runs one, or two whose difference is shown
  /// @param scale of the colours of bigrams and probabilities; empty for the one that shows most
  /// @throws InvalidInputException if the two have different symbols
  /// @throws IOException if a file cannot be read, naming file and line, or the machine has no
  ///   fonts
  public static Figure of(
      FigureKind kind, List<RunFolder> runs, Optional<ColourScale> scale, FigureStyle style)
      throws InvalidInputException, IOException {
    RunFolder run = runs.getFirst();
    return switch (kind) {
      case BIGRAMS -> heatmap(counted(run, HeatmapQuantity.COUNTS, scale), style);
      case PROBABILITIES -> heatmap(counted(run, HeatmapQuantity.PROBABILITIES, scale), style);
      case DIFFERENCE -> heatmap(difference(runs), style);
      case RANGE -> {
        RangeSeries series = RangeSeries.read(run.metrics());
        yield style.figure(size -> LearningRateRange.picture(series, size).recording());
      }
      case PROFILE -> {
        String title = profileTitle(run);
        ProfileTable profile = ProfileTable.read(run.profile());
        yield style.figure(size -> new ProfilePicture(title, profile, size).recording());
      }
      case LOSS, LOSSES, HEATMAP, BY_KEY, SEEDS, COMPARE ->
          throw new IllegalArgumentException("kind: expected one of a single run, got " + kind);
    };
  }

  private static Heatmap counted(
      RunFolder run, HeatmapQuantity quantity, Optional<ColourScale> scale) throws IOException {
    return Heatmap.of(BigramTable.read(run.bigrams()), quantity, scale);
  }

  private static Heatmap difference(List<RunFolder> runs)
      throws InvalidInputException, IOException {
    BigramTable one = BigramTable.read(runs.getFirst().bigrams());
    if (runs.size() == 1) {
      return Heatmap.modelMinusCounts(one);
    }
    BigramTable other = BigramTable.read(runs.get(1).bigrams());
    if (!one.symbols().equals(other.symbols())) {
      throw new InvalidInputException(
          Mistake.in("--chart difference", "the two runs have different symbols"));
    }
    return Heatmap.difference(
        one, other, HeatmapQuantity.PROBABILITIES, RunNames.of(runs.subList(0, 2)));
  }

  private static Figure heatmap(Heatmap heat, FigureStyle style) throws IOException {
    return style
        .forSymbols(heat.symbols().size())
        .figure(size -> new HeatmapPicture(heat, size).recording());
  }

  /// What was trained, and on what.
  ///
  /// @throws IOException if `run.yaml` cannot be read
  public static String profileTitle(RunFolder run) throws IOException {
    Provenance.UsedDevice device = RunRecord.read(run.run()).provenance().device();
    return "%s on %s: %s through %s"
        .formatted(
            run.path().toAbsolutePath().normalize().resolveSibling("").getFileName(),
            device.index(),
            device.name(),
            device.backend());
  }
}
