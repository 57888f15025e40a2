package twister.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import twister.tracking.Metrics;

/// The losses of the runs of a sweep, each over the same steps. Where there are many, they are
/// means of some steps after one another.
final class SweepCurves {
  private static final int MOST = 200;

  private final boolean areOfDevWords;
  private final int width;
  private final double[] steps;
  private final List<Losses> runs;

  /// Which losses are read.
  enum Kind {
    /// Those by which the runs are judged: on the dev words where there are such.
    DECIDING,
    /// Those on the words learnt from.
    TRAINING
  }

  private SweepCurves(boolean areOfDevWords, List<Losses> runs) {
    this.areOfDevWords = areOfDevWords;
    List<Losses> fullest =
        IntStream.range(0, runs.getFirst().counts.length)
            .mapToObj(part -> fullest(runs, part))
            .toList();
    int[] shown =
        IntStream.range(0, fullest.size())
            .filter(part -> fullest.get(part).counts[part] > 0)
            .toArray();
    boolean areMeans = IntStream.of(shown).anyMatch(part -> fullest.get(part).counts[part] > 1);
    width = areMeans ? runs.getFirst().width : 1;
    steps = IntStream.of(shown).mapToDouble(part -> fullest.get(part).step(part)).toArray();
    this.runs = runs;
    runs.forEach(run -> run.keep(shown));
  }

  private static Losses fullest(List<Losses> runs, int part) {
    Losses fullest = runs.getFirst();
    for (Losses run : runs) {
      if (run.counts[part] > fullest.counts[part]) {
        fullest = run;
      }
    }
    return fullest;
  }

  /// Reads the losses of each run of a sweep, at least one: `evaluation.csv` where the loss on the
  /// dev words decides, unless a run has it less than twice; else `metrics.csv`.
  ///
  /// @throws IOException naming file and line if one cannot be read
  static SweepCurves read(Path experimentFolder, SweepTable table, Kind kind) throws IOException {
    int last = (int) table.runs().stream().mapToLong(SweepRun::steps).max().orElse(0);
    int width = Math.max(1, Math.ceilDiv(last, MOST));
    try {
      if (kind == Kind.DECIDING && table.isOfDevWords()) {
        Optional<List<Losses>> dev =
            dev(table, run -> dev(experimentFolder.resolve(run.id()), run, width, last));
        if (dev.isPresent()) {
          return new SweepCurves(true, dev.get());
        }
      }
      return new SweepCurves(
          false,
          table.runs().parallelStream()
              .map(run -> training(experimentFolder.resolve(run.id()), run, width, last))
              .toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// The losses on the dev words, unless a run has them less than twice; one such run is enough to
  /// know.
  private static Optional<List<Losses>> dev(SweepTable table, Function<SweepRun, Losses> read) {
    Predicate<SweepRun> isCurve = run -> !run.isDiverged() && run.steps() >= 2;
    Optional<SweepRun> first = table.runs().stream().filter(isCurve).findFirst();
    if (first.isPresent() && read.apply(first.get()).size < 2) {
      return Optional.empty();
    }
    List<Losses> dev = table.runs().parallelStream().map(read).toList();
    boolean areCurves =
        table.runs().stream().filter(isCurve).allMatch(run -> dev.get(run.row()).size > 1);
    return areCurves && dev.stream().anyMatch(run -> run.size > 1)
        ? Optional.of(dev)
        : Optional.empty();
  }

  private static Losses dev(Path runFolder, SweepRun run, int width, int last) {
    try {
      String kind = run.cells().text(SweepKey.KIND);
      Curve dev =
          kind.isEmpty()
              ? LossCurve.dev(runFolder)
              : LossCurve.dev(runFolder, !kind.equals("counts"));
      Losses losses = new Losses(width, last);
      for (int point = 0; point < dev.size(); point++) {
        losses.add(dev.step(point), dev.value(point));
      }
      return losses;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Losses training(Path runFolder, SweepRun run, int width, int last) {
    try {
      Losses losses = new Losses(width, last);
      Metrics.forEachLoss(runFolder.resolve("metrics.csv"), losses::add);
      if (!run.isDiverged()) {
        losses.dropIncomplete();
      }
      return losses;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The losses of a run until the first that is not finite, put together in parts of the steps.
  private static final class Losses {
    private final int width;
    private final double[] across;
    private final double[] sums;
    private final int[] counts;
    private int size;
    private double lastStep = Double.NEGATIVE_INFINITY;
    private boolean ended;
    private double[] means = {};

    Losses(int width, int last) {
      this.width = width;
      int parts = last / width + 1;
      across = new double[parts];
      sums = new double[parts];
      counts = new int[parts];
    }

    void add(double step, double loss) {
      ended |= !Double.isFinite(loss);
      if (!ended) {
        int part = part(step);
        counts[part]++;
        sums[part] += loss;
        across[part] += step;
        lastStep = step;
        size++;
      }
    }

    private int part(double step) {
      return (int) Math.clamp(step / width, 0, sums.length - 1.0);
    }

    /// Drops the last mean if it is one of fewer steps than the others, which would be a kink.
    void dropIncomplete() {
      if (size > width) {
        int part = part(lastStep);
        counts[part] = counts[part] < width ? 0 : counts[part];
      }
    }

    double step(int part) {
      return across[part] / counts[part];
    }

    void keep(int... parts) {
      means =
          IntStream.of(parts)
              .mapToDouble(part -> counts[part] == 0 ? Double.NaN : sums[part] / counts[part])
              .toArray();
    }
  }

  /// Whether they are the losses on the dev words.
  boolean areOfDevWords() {
    return areOfDevWords;
  }

  /// Over how many steps each mean goes.
  int width() {
    return width;
  }

  /// The number of points, P.
  int points() {
    return steps.length;
  }

  /// The middle of the steps of a point.
  double step(int point) {
    return steps[point];
  }

  /// The loss of a run at a point, in nats per character; NaN if it has none there.
  double loss(SweepRun run, int point) {
    return runs.get(run.row()).means[point];
  }

  /// The last step at which a run has a finite loss, negative infinity if it has none.
  double lastStep(SweepRun run) {
    return runs.get(run.row()).lastStep;
  }

  /// The losses of a run as a curve.
  Curve curve(SweepRun run) {
    return combined(List.of(run), losses -> losses.findFirst().orElseThrow());
  }

  /// One curve of several runs, up to the last step of any of them.
  ///
  /// @param how makes one loss of those at a step, at least one
  Curve combined(List<SweepRun> some, ToDoubleFunction<DoubleStream> how) {
    int[] shown =
        IntStream.range(0, steps.length)
            .filter(point -> some.stream().anyMatch(run -> isFinite(run, point)))
            .toArray();
    return new Curve(
        IntStream.of(shown).mapToDouble(point -> steps[point]).toArray(),
        IntStream.of(shown)
            .mapToDouble(
                point ->
                    how.applyAsDouble(
                        some.stream()
                            .filter(run -> isFinite(run, point))
                            .mapToDouble(run -> loss(run, point))))
            .toArray());
  }

  private boolean isFinite(SweepRun run, int point) {
    return Double.isFinite(loss(run, point));
  }
}
