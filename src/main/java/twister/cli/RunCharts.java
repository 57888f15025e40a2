package twister.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import twister.chart.BigramHeatmap;
import twister.chart.ChartFiles;
import twister.chart.LackingLetters;
import twister.chart.LearningRateRange;
import twister.chart.LossCurve;
import twister.chart.ProfileBars;
import twister.chart.RunFigure;
import twister.spec.ChartKind;
import twister.spec.ChartsSpec;
import twister.tracking.RunFolder;
import twister.yaml.ChoiceRule;

/// The charts of a run: those that its files allow and that are not there yet.
final class RunCharts {
  private final RunFolder folder;
  private final ChartsSpec charts;
  private final boolean hasOtherStyle;

  private RunCharts(RunFolder folder, ChartsSpec charts) {
    this.folder = folder;
    this.charts = charts;
    hasOtherStyle =
        folder
            .experiment()
            .filter(there -> !there.charts().style().equals(charts.style()))
            .isPresent();
  }

  /// Draws charts, all at once, from the files of the run; that of its profile if it has one. Where
  /// those that are there have another style, all are drawn anew.
  ///
  /// @return what no font of this machine has
  static LackingLetters draw(RunFolder folder, ChartsSpec charts) throws IOException {
    return new RunCharts(folder, charts).draw();
  }

  private LackingLetters draw() throws IOException {
    folder.tidyUp();
    List<LackingLetters> lacking = new ArrayList<>();
    if (Files.exists(folder.profile()) && isWanted("profile")) {
      lacking.add(ProfileBars.draw(folder.path(), RunFigure.profileTitle(folder), charts.style()));
    }
    try {
      lacking.addAll(
          charts.kinds().parallelStream().filter(this::isWanted).map(this::drawUnchecked).toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (hasOtherStyle) {
      folder.writeCharts(charts);
    }
    return LackingLetters.of(lacking);
  }

  private boolean isWanted(ChartKind kind) {
    boolean drawable =
        switch (kind) {
          case LOSS, LEARNING_RATE_RANGE -> true;
          case BIGRAMS, BIGRAM_PROBABILITIES -> Files.exists(folder.bigrams());
        };
    return drawable && isWanted(ChoiceRule.name(kind));
  }

  private boolean isWanted(String name) {
    return hasOtherStyle || !ChartFiles.areThere(folder.charts(), name);
  }

  private LackingLetters drawUnchecked(ChartKind kind) {
    try {
      return switch (kind) {
        case LOSS -> LossCurve.draw(folder.path(), charts.style());
        case LEARNING_RATE_RANGE -> LearningRateRange.draw(folder.path(), charts.style());
        case BIGRAMS -> BigramHeatmap.drawCounts(folder.path(), charts.style());
        case BIGRAM_PROBABILITIES -> BigramHeatmap.drawProbabilities(folder.path(), charts.style());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
