package twister.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import twister.ranking.ColumnNames;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;

/// The loss curves of one run or of several, for a report.
public final class LossFigure {
  /// So many curves can be told apart.
  public static final int MOST_RUNS = CurveStyle.SERIES.size();

  private static final int POINTS = 1000;

  private LossFigure() {}

  /// Draws the loss of runs over their steps: of one run as in its own chart; of several the loss
  /// on the dev words where all have it, else the loss learnt from, smoothed where it is of
  /// batches. Each is named by what differs.
  ///
  /// @param runs from 1 to [#MOST_RUNS]
  /// @throws IOException if a file of a run cannot be read, naming file and line, or the machine
  ///   has no fonts
  public static Figure of(List<RunFolder> runs, ChartSize size) throws IOException {
    Lettering.requireFonts();
    if (runs.size() == 1) {
      return new Figure(LossCurve.picture(runs.getFirst().path(), size).recording());
    }
    List<Curve> dev = new ArrayList<>();
    for (RunFolder run : runs) {
      dev.add(LossCurve.dev(run.path()));
    }
    boolean isOfDev = dev.stream().allMatch(curve -> curve.size() > 0);
    List<String> names = names(runs);
    List<LossPicture.Line> lines = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Curve curve = isOfDev ? dev.get(i) : learnt(runs.get(i));
      lines.add(
          new LossPicture.Line(names.get(i), curve.thinned(POINTS), CurveStyle.SERIES.get(i)));
    }
    Recording recording = new LossPicture(lines, references(runs), size).recording();
    String title =
        "%s of %d runs over the steps"
            .formatted(isOfDev ? "Loss on the dev words" : "Loss", runs.size());
    return new Figure(
        recording.described(new Description(title, recording.description().sentences())));
  }

  private static Curve learnt(RunFolder run) throws IOException {
    return LossCurve.lines(
            Metrics.read(run.metrics()),
            run.record().filter(RunRecord::isOfBatches).isPresent(),
            new Curve(new double[0], new double[0]))
        .stream()
        .filter(line -> !line.look().equals(CurveStyle.PALE))
        .findFirst()
        .map(LossPicture.Line::curve)
        .orElseThrow();
  }

  /// The losses that the data set as marks, where all runs have the same.
  private static List<LossPicture.Reference> references(List<RunFolder> runs) throws IOException {
    List<LossPicture.Reference> first = LossCurve.references(runs.getFirst().path());
    for (RunFolder run : runs) {
      if (!LossCurve.references(run.path()).equals(first)) {
        return List.of();
      }
    }
    return first;
  }

  /// What differs between the runs, such as `learning-rate 10, l2 0.1`; the run's name where that
  /// does not tell them apart.
  static List<String> names(List<RunFolder> runs) {
    List<Map<String, Object>> settings =
        runs.stream().map(run -> run.record().map(RunRecord::settings).orElse(Map.of())).toList();
    Set<String> keys = new LinkedHashSet<>();
    settings.forEach(all -> keys.addAll(all.keySet()));
    List<String> differing =
        keys.stream()
            .filter(
                key ->
                    settings.stream().map(all -> String.valueOf(all.get(key))).distinct().count()
                        > 1)
            .toList();
    ColumnNames brief = new ColumnNames(List.copyOf(keys));
    List<String> names =
        settings.stream()
            .map(
                all ->
                    differing.stream()
                        .filter(all::containsKey)
                        .map(
                            key ->
                                brief.brief(key) + " " + text(Objects.requireNonNull(all.get(key))))
                        .collect(Collectors.joining(", ")))
            .toList();
    boolean areTold = names.stream().distinct().count() == names.size() && !names.contains("");
    return areTold
        ? names
        : runs.stream().map(run -> String.valueOf(run.path().getFileName())).toList();
  }

  private static String text(Object value) {
    return value instanceof Double number ? Numbers.significant(number) : value.toString();
  }
}
