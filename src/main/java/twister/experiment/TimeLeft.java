package twister.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import twister.backend.Workload;
import twister.spec.ExperimentSpec;
import twister.tracking.ExperimentFolder;
import twister.tracking.LiveRuns;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunsTable.Row;

/// How long an experiment in training will take: by the work that is left, as `plan` knows it, and
/// by what such work took in the runs that are complete. As long as there are none, the steps say
/// it that were trained since somebody looks.
public final class TimeLeft {
  /// The latest so many runs of a kind say how long its work takes.
  private static final int MEASURED = 20;

  /// Shorter looks say little.
  private static final double LEAST_SECONDS = 2;

  /// The words of an experiment of which nothing is complete: they are not known, but all its runs
  /// have the same.
  private static final Size UNKNOWN = new Size(200_000, 30);

  private final LongSupplier nanoTime;

  /// What was seen first of the runs in training, by their names.
  private final Map<String, Sight> sights = new HashMap<>();

  /// @param nanoTime the clock
  public TimeLeft(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// A run in training as it was seen first.
  ///
  /// @param steps how many were trained
  private record Sight(double steps, long nanoTime) {}

  /// @param examples N
  /// @param symbols V
  private record Size(long examples, long symbols) {
    /// What a run computes in all; empty where its model is in closed form.
    Optional<Workload> work(ExperimentSpec spec) {
      long contexts = 1;
      for (int i = 1; i < spec.data().order() && contexts < examples; i++) {
        contexts *= symbols;
      }
      return Workload.of(spec, examples, Math.min(examples, contexts), symbols);
    }
  }

  /// Work of one kind.
  private static final class Share {
    /// What is to be computed, in multiplications or so.
    private double left;

    /// What was computed, and how long it took in seconds.
    private double done;

    private double taken;

    private boolean isMeasured() {
      return done > 0 && taken > 0;
    }
  }

  /// The work of all kinds.
  private static final class Shares {
    private final Map<Workload.Kind, Share> all = new EnumMap<>(Workload.Kind.class);

    private Share of(Workload work) {
      return all.computeIfAbsent(work.kind(), _ -> new Share());
    }

    /// The time that the rest takes on one device; empty where nothing is measured.
    private OptionalDouble seconds() {
      double done = all.values().stream().mapToDouble(share -> share.done).sum();
      double taken = all.values().stream().mapToDouble(share -> share.taken).sum();
      double seconds = 0;
      for (Share share : all.values()) {
        double rate = share.isMeasured() ? share.taken / share.done : taken / done;
        seconds += share.left > 0 ? share.left * rate : 0;
      }
      return Double.isFinite(seconds) ? OptionalDouble.of(seconds) : OptionalDouble.empty();
    }
  }

  /// A run in training.
  private record Training(Row row, ExperimentSpec spec) {}

  /// The time left in seconds; empty where nothing is trained, or nothing is known yet.
  public OptionalDouble seconds(ExperimentFolder folder, LiveRuns now) {
    List<Training> training = training(now);
    look(training);
    List<Row> trained =
        now.table().rows().stream()
            .filter(row -> row.status().isComplete() && row.number("training_seconds") > 0)
            .sorted(Comparator.comparing((Row row) -> row.text("started")).reversed())
            .toList();
    Optional<Provenance> newest =
        trained.stream()
            .findFirst()
            .flatMap(row -> folder.run(row.text("run")).record())
            .map(RunRecord::provenance);
    List<MissingRuns.Share> missing =
        training.isEmpty()
            ? List.of()
            : MissingRuns.of(folder, now.table(), newest, training.getFirst().spec());
    if (missing.isEmpty()) {
      return OptionalDouble.empty();
    }
    Size size =
        newest.map(of -> new Size(of.data().examples(), of.data().symbols())).orElse(UNKNOWN);
    Shares shares = new Shares();
    missing.forEach(
        some ->
            size.work(some.spec())
                .map(work -> work.ofSteps(some.steps()))
                .ifPresent(work -> shares.of(work).left += work.perRun() * some.runs()));
    addTraining(training, size, shares, newest.isEmpty());
    addTrained(trained, folder, size, shares);
    double devices =
        Math.max(1, trained.stream().map(row -> row.text("device")).distinct().count());
    return shares.seconds().stream().map(seconds -> seconds / devices).findFirst();
  }

  private static List<Training> training(LiveRuns now) {
    List<Training> training = new ArrayList<>();
    for (Row row : now.table().rows()) {
      Optional.ofNullable(now.inTraining().get(row.text("run")))
          .flatMap(RunFolder::experiment)
          .ifPresent(spec -> training.add(new Training(row, spec)));
    }
    return training;
  }

  private void look(List<Training> training) {
    long now = nanoTime.getAsLong();
    sights.keySet().retainAll(training.stream().map(run -> run.row().text("run")).toList());
    training.forEach(
        run -> sights.putIfAbsent(run.row().text("run"), new Sight(steps(run.row()), now)));
  }

  private static double steps(Row row) {
    double steps = row.number("steps");
    return steps > 0 ? steps : 0;
  }

  /// Takes what runs in training have done from what is left.
  ///
  /// @param isFirst whether nothing else says how long work takes
  private void addTraining(List<Training> training, Size size, Shares shares, boolean isFirst) {
    for (Training run : training) {
      Row row = run.row();
      Sight sight = Objects.requireNonNull(sights.get(row.text("run")));
      double seconds = (nanoTime.getAsLong() - sight.nanoTime()) / 1e9;
      size.work(run.spec())
          .ifPresent(
              work -> {
                Share share = shares.of(work);
                double perStep = work.perRun() / work.steps();
                share.left -= perStep * steps(row);
                if (isFirst && seconds >= LEAST_SECONDS) {
                  share.done += perStep * (steps(row) - sight.steps());
                  // Those in training at the same time share it.
                  share.taken += seconds / training.size();
                }
              });
    }
  }

  private static void addTrained(
      List<Row> trained, ExperimentFolder folder, Size size, Shares shares) {
    Map<String, Integer> measured = new HashMap<>();
    for (Row row : trained) {
      String kind = row.text("model.kind") + row.text("training.path");
      if (measured.merge(kind, 1, Integer::sum) <= MEASURED) {
        folder
            .run(row.text("run"))
            .experiment()
            .flatMap(size::work)
            .map(work -> work.ofSteps(steps(row)))
            .ifPresent(
                work -> {
                  shares.of(work).done += work.perRun();
                  shares.of(work).taken += row.number("training_seconds");
                });
      }
    }
  }
}
