package twister.watch;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import twister.page.ExperimentFindings;
import twister.ranking.DecidingLoss;
import twister.spec.LossUnit;
import twister.tracking.Evaluation;
import twister.tracking.ExperimentFolder;
import twister.tracking.LiveRuns;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// The losses of an experiment over the steps. Those of complete runs are read once.
final class LiveCurves {
  /// Above so many runs, a page shows the best and where the others lie.
  private static final int MOST = 1000;

  private static final int BEST = 100;

  /// Fewer are no curve.
  private static final int LEAST_POINTS = 5;

  /// So many runs are asked whether they have a curve.
  private static final int ASKED = 5;

  private static final double[] QUANTILES = {5, 50, 95};
  private static final double DIGITS = 1e6;

  private final Map<String, Points> complete = new ConcurrentHashMap<>();
  private final Map<String, Points> growing = new HashMap<>();
  private long due = System.nanoTime();
  private boolean areOfDevWords;

  /// What a page asks for.
  ///
  /// @param runs by their names, of which there need not be any
  record Asked(List<String> runs, LossUnit unit) {}

  /// The losses of a run, means of steps after one another where there are many.
  ///
  /// @param losses in nats per character
  private record Points(double[] steps, double[] losses) {
    static final Points NONE = new Points(new double[0], new double[0]);

    /// The loss at a step, on the line between two points; NaN outside of them.
    double at(double step) {
      int place = Arrays.binarySearch(steps, step);
      if (place >= 0) {
        return losses[place];
      }
      int next = -1 - place;
      if (next == 0 || next == steps.length) {
        return Double.NaN;
      }
      double part = (step - steps[next - 1]) / (steps[next] - steps[next - 1]);
      return losses[next - 1] + part * (losses[next] - losses[next - 1]);
    }
  }

  /// Writes the curves.
  ///
  /// @param asked runs whose curves are wanted where not all are written
  synchronized void write(
      JsonWriter json, ExperimentFolder folder, LiveRuns now, ExperimentFindings found, Asked asked)
      throws IOException {
    LossUnit unit = asked.unit;
    choose(folder, found);
    List<RunsTable.Row> rows = now.table().rows();
    List<Points> all = read(folder, now, rows);
    Set<String> shown = shown(now, found, rows, asked.runs);
    json.beginObject().name("figure").value(areOfDevWords ? "dev_loss" : "loss");
    json.name("all").value(shown.size() == rows.size());
    json.name("runs").beginArray();
    for (int i = 0; i < rows.size(); i++) {
      String run = rows.get(i).text("run");
      if (shown.contains(run)) {
        json.beginObject().name("run").value(run);
        write(json, "steps", all.get(i).steps, LossUnit.NATS);
        write(json, "losses", all.get(i).losses, unit);
        json.endObject();
      }
    }
    json.endArray().name("band");
    if (shown.size() < rows.size()) {
      writeBand(json, all, unit);
    } else {
      json.nullValue();
    }
    json.endObject();
  }

  /// The losses on the dev words where they decide and runs have curves of them: of a large sweep
  /// only the best run has.
  private void choose(ExperimentFolder folder, ExperimentFindings found) {
    List<RunFolder> finished =
        found.runs().rows().stream()
            .filter(row -> row.status() == RunStatus.FINISHED)
            .map(row -> folder.run(row.text("run")))
            .toList();
    boolean areDev = DecidingLoss.of(found.runs()) == DecidingLoss.DEV && !finished.isEmpty();
    for (int part = 0; part < ASKED && areDev; part++) {
      RunFolder run = finished.get(part * (finished.size() - 1) / (ASKED - 1));
      areDev = points(run, LiveCurves::dev).steps.length >= LEAST_POINTS;
    }
    if (areDev != areOfDevWords) {
      complete.clear();
      growing.clear();
      areOfDevWords = areDev;
    }
  }

  private List<Points> read(ExperimentFolder folder, LiveRuns now, List<RunsTable.Row> rows) {
    readGrowing(now.inTraining());
    return rows.parallelStream()
        .map(
            row -> {
              String run = row.text("run");
              Points grown = growing.get(run);
              return grown != null ? grown : known(run, row, folder.run(run));
            })
        .toList();
  }

  /// Reads the files of runs in training, which may be long, in a small part of the time only;
  /// those that are new at once.
  private void readGrowing(Map<String, RunFolder> inTraining) {
    long begin = System.nanoTime();
    boolean isDue = begin >= due;
    growing.keySet().retainAll(inTraining.keySet());
    Map<String, Points> read =
        inTraining.entrySet().parallelStream()
            .filter(run -> isDue || !growing.containsKey(run.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, run -> points(run.getValue())));
    growing.putAll(read);
    if (isDue) {
      long end = System.nanoTime();
      due = end + LiveExperiment.PART * (end - begin);
    }
  }

  /// The losses of a run that is in no training. What could not be read is tried again.
  private Points known(String run, RunsTable.Row row, RunFolder folder) {
    Points there = complete.get(run);
    if (there != null) {
      return there;
    }
    Points read = points(folder);
    if (row.status().isComplete() && read.steps.length > 0) {
      complete.put(run, read);
    }
    return read;
  }

  private Points points(RunFolder run) {
    return points(run, areOfDevWords ? LiveCurves::dev : LiveCurves::training);
  }

  /// Reads the losses of a run.
  @FunctionalInterface
  private interface Reading {
    Points of(RunFolder run) throws IOException;
  }

  private static Points points(RunFolder run, Reading reading) {
    try {
      return reading.of(run);
    } catch (IOException e) {
      return Points.NONE; // Damaged, or moved meanwhile; the doctor tells of it.
    }
  }

  private static Points dev(RunFolder run) throws IOException {
    CurvePoints points = new CurvePoints();
    if (run.has(run.evaluation())) {
      Evaluation.forEachLoss(run.evaluation(), "dev", points);
    }
    return new Points(points.steps(), points.losses());
  }

  private static Points training(RunFolder run) throws IOException {
    CurvePoints points = new CurvePoints();
    if (run.has(run.metrics())) {
      Metrics.forEachLoss(run.metrics(), CurvePoints.MOST, points);
    }
    return new Points(points.steps(), points.losses());
  }

  private static Set<String> shown(
      LiveRuns now, ExperimentFindings found, List<RunsTable.Row> rows, List<String> asked) {
    Set<String> shown = new HashSet<>();
    if (rows.size() <= MOST) {
      rows.forEach(row -> shown.add(row.text("run")));
      return shown;
    }
    asked.stream()
        .limit(BEST)
        .filter(run -> rows.stream().anyMatch(row -> row.text("run").equals(run)))
        .forEach(shown::add);
    now.inTraining().keySet().stream().limit(BEST).forEach(shown::add);
    found.ranking().standings().stream()
        .flatMap(standing -> standing.group().finished(found.ranking().figure()).stream())
        .limit(BEST)
        .forEach(row -> shown.add(row.text("run")));
    return shown;
  }

  /// Where the losses of all runs lie, at the steps of the longest. A run counts as far as it came.
  private static void writeBand(JsonWriter json, List<Points> all, LossUnit unit)
      throws IOException {
    Points longest =
        all.stream().reduce((a, b) -> b.steps.length > a.steps.length ? b : a).orElse(Points.NONE);
    double[][] quantiles = new double[QUANTILES.length][longest.steps.length];
    for (int point = 0; point < longest.steps.length; point++) {
      double step = longest.steps[point];
      double[] losses =
          all.stream().mapToDouble(run -> run.at(step)).filter(Double::isFinite).toArray();
      Percentile percentile = new Percentile();
      percentile.setData(losses);
      for (int q = 0; q < QUANTILES.length; q++) {
        quantiles[q][point] = losses.length == 0 ? Double.NaN : percentile.evaluate(QUANTILES[q]);
      }
    }
    json.beginObject();
    write(json, "steps", longest.steps, LossUnit.NATS);
    write(json, "low", quantiles[0], unit);
    write(json, "median", quantiles[1], unit);
    write(json, "high", quantiles[2], unit);
    json.endObject();
  }

  /// Writes numbers with six decimals, which no screen shows all of; null where one is not finite.
  private static void write(JsonWriter json, String name, double[] numbers, LossUnit unit)
      throws IOException {
    json.name(name).beginArray();
    for (double number :
        IntStream.range(0, numbers.length).mapToDouble(i -> unit.of(numbers[i])).toArray()) {
      if (!Double.isFinite(number)) {
        json.nullValue();
      } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
        json.value((long) number);
      } else {
        json.value(Math.abs(number) < 1e6 ? Math.rint(number * DIGITS) / DIGITS : number);
      }
    }
    json.endArray();
  }
}
