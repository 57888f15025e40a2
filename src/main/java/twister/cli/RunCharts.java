package twister.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import twister.chart.BigramHeatmap;
import twister.chart.ChartFiles;
import twister.chart.LearningRateRange;
import twister.chart.LossCurve;
import twister.chart.ProfileBars;
import twister.chart.RunFigure;
import twister.spec.ChartKind;
import twister.tracking.RunFolder;

/// The charts of a run: those that its files allow and that are not there yet.
final class RunCharts {
  private RunCharts() {}

  /// Draws charts, all at once, from the files of the run; that of its profile if it has one.
  static void draw(RunFolder folder, List<ChartKind> kinds) throws IOException {
    if (Files.exists(folder.profile()) && isMissing(folder, "profile")) {
      ProfileBars.draw(folder.path(), RunFigure.profileTitle(folder));
    }
    try {
      kinds.parallelStream()
          .filter(kind -> isMissing(folder, kind))
          .forEach(kind -> drawUnchecked(folder, kind));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isMissing(RunFolder folder, ChartKind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    boolean drawable =
        switch (kind) {
          case LOSS, LEARNING_RATE_RANGE -> true;
          case BIGRAMS, BIGRAM_PROBABILITIES -> Files.exists(folder.bigrams());
        };
    return drawable && isMissing(folder, name);
  }

  private static boolean isMissing(RunFolder folder, String name) {
    return !ChartFiles.areThere(folder.charts(), name);
  }

  private static void drawUnchecked(RunFolder folder, ChartKind kind) {
    try {
      switch (kind) {
        case LOSS -> LossCurve.draw(folder.path());
        case LEARNING_RATE_RANGE -> LearningRateRange.draw(folder.path());
        case BIGRAMS -> BigramHeatmap.drawCounts(folder.path());
        case BIGRAM_PROBABILITIES -> BigramHeatmap.drawProbabilities(folder.path());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
