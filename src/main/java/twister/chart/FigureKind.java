package twister.chart;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a figure can show of a run or of an experiment.
public enum FigureKind {
  /// Losses of runs over their steps.
  LOSS,
  /// How often each pair of symbols occurs.
  BIGRAMS,
  /// The model's probability of each symbol after each other.
  PROBABILITIES,
  /// The model's probabilities less those of the counts, or of two runs.
  DIFFERENCE,
  /// Losses of a range test over its learning rates.
  RANGE,
  /// Where the time of a device went.
  PROFILE,
  /// Losses of all runs of a sweep over their steps.
  LOSSES,
  /// Final losses of a sweep over two keys.
  HEATMAP,
  /// Final losses of a sweep over one key.
  BY_KEY,
  /// Final losses over the seeds of the only setting.
  SEEDS,
  /// Mean losses of the best setting of each experiment over the steps.
  COMPARE;

  /// The names of all kinds, for completion by a shell.
  public static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }

  /// Its name as users write it: `by-key`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The kind of a name; empty if there is none.
  public static Optional<FigureKind> of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /// The names of all kinds.
  public static List<String> words() {
    return Arrays.stream(values()).map(FigureKind::word).toList();
  }
}
