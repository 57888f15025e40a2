package twister.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import twister.ranking.ColumnNames;
import twister.spec.LossUnit;
import twister.tracking.ExperimentFolder;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The loss curves of one run or of several, for a report.
public final class LossFigure {
  /// So many curves can be told apart.
  public static final int MOST_RUNS = CurveStyle.SERIES.size();

  private LossFigure() {}

  /// Draws the loss of runs over their steps; of several, each is named by what differs and has the
  /// look that it has in every chart, see [RunPlaces].
  ///
  /// @param runs from 1 to [#MOST_RUNS]
  /// @throws InvalidInputException if no run has what is to be shown
  /// @throws IOException if a file of a run cannot be read, naming file and line, or the machine
  ///   has no fonts
  public static Figure of(List<RunFolder> runs, LossView view, FigureStyle style)
      throws InvalidInputException, IOException {
    LossView.Losses losses = losses(runs, view);
    LossView shown = view.withLosses(losses);
    List<LossPicture.Line> lines =
        runs.size() == 1 ? lines(runs.getFirst(), shown) : of(runs, shown);
    refuseUnfit(runs, lines, shown);
    List<LossPicture.Reference> references = references(runs, view.unit());
    return figure(lines, references, view, style, title(runs, shown), remarks(view));
  }

  /// Draws the loss of runs over their steps in panels, one for each value of a setting. Runs that
  /// differ in that setting alone look the same in all of them.
  ///
  /// @param runs from 1
  /// @param typed the setting, or the end of its name
  /// @throws InvalidInputException if no run has what is to be shown, the setting does not differ,
  ///   or there is no room for the panels
  /// @throws IOException if a file of a run cannot be read, naming file and line, or the machine
  ///   has no fonts
  public static Figure panels(List<RunFolder> runs, String typed, LossView view, FigureStyle style)
      throws InvalidInputException, IOException {
    String source = "--panel " + typed;
    SweepKey key = differing(runs, source, typed);
    LossView shown = view.withLosses(deciding(runs, view));
    List<String> names = RunNames.of(runs, Set.of(key.name()));
    List<String> different = names.stream().distinct().toList();
    if (different.size() > MOST_RUNS) {
      throw new InvalidInputException(
          Mistake.in(
              source,
              "found %d settings beside it, allowed: at most %d; --chart losses shows more"
                  .formatted(different.size(), MOST_RUNS)));
    }
    Panels.refuseMany(source, key.size());
    List<CurveStyle> looks =
        RunPlaces.looks(different.stream().map(name -> runs.get(names.indexOf(name))).toList());
    List<List<LossPicture.Line>> panels = new ArrayList<>();
    for (int place = 0; place < key.size(); place++) {
      panels.add(new ArrayList<>());
    }
    for (int run = 0; run < runs.size(); run++) {
      if (key.place(run) >= 0) {
        CurveStyle look = looks.get(different.indexOf(names.get(run)));
        Curve curve = main(lines(runs.get(run), shown));
        panels.get(key.place(run)).add(new LossPicture.Line(names.get(run), curve, look));
      }
    }
    List<LossPicture.Line> all = panels.stream().flatMap(List::stream).toList();
    refuseUnfit(runs, all, shown);
    List<LossPicture.Reference> references = references(runs, view.unit());
    List<LegendRow.Entry> legend =
        different.size() > 1
            ? all.stream()
                .map(
                    line ->
                        new LegendRow.Entry(
                            line.name(), line.look().colour(), line.look().stroke()))
                .distinct()
                .toList()
            : List.of();
    List<String> headings = IntStream.range(0, key.size()).mapToObj(key::heading).toList();
    return new Panels(
            headings,
            new Panels.Common(
                legend, Optional.empty(), words(headings, panels, references, key, shown)),
            (panel, frame) ->
                new LossPicture(panels.get(panel), all, references, shown, frame).recording())
        .figure(source, style);
  }

  private static Description words(
      List<String> headings,
      List<List<LossPicture.Line>> panels,
      List<LossPicture.Reference> references,
      SweepKey key,
      LossView view) {
    List<String> sentences = new ArrayList<>();
    for (int panel = 0; panel < panels.size(); panel++) {
      for (LossPicture.Line line : panels.get(panel)) {
        String name = line.name().isEmpty() ? "" : ", " + line.name();
        String heading = headings.get(panel);
        line.ends().ifPresent(ends -> sentences.add(heading + name + ": " + ends));
      }
    }
    references.forEach(mark -> sentences.add(mark.sentence()));
    sentences.addAll(remarks(view));
    return new Description(
        "%s of %d runs over the steps, a panel for each %s"
            .formatted(losses(view), panels.stream().mapToInt(List::size).sum(), key.title()),
        sentences);
  }

  /// The values that runs have of a setting that differs.
  private static SweepKey differing(List<RunFolder> runs, String source, String typed)
      throws InvalidInputException {
    List<Map<String, Object>> settings = RunNames.settings(runs);
    List<String> differing = RunNames.differing(settings);
    String name = new ColumnNames(differing).find(typed).orElse("");
    return SweepKey.of(
            name, settings.stream().map(all -> Objects.toString(all.get(name), "")).toList())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Mistake.in(
                        source,
                        differing.isEmpty()
                            ? "the runs do not differ in any setting"
                            : "is no setting in which the runs differ; those are: "
                                + String.join(", ", differing))));
  }

  private static Figure figure(
      List<LossPicture.Line> lines,
      List<LossPicture.Reference> references,
      LossView view,
      FigureStyle style,
      String title,
      List<String> remarks)
      throws IOException {
    return style.figure(
        size -> {
          Recording picture = new LossPicture(lines, references, view, size).recording();
          List<String> sentences = new ArrayList<>(picture.description().sentences());
          sentences.addAll(remarks);
          return picture.described(new Description(title, sentences));
        });
  }

  /// Draws the mean losses of the best setting of each experiment over the steps, over its seeds.
  ///
  /// @param experiments from 1 to [#MOST_RUNS], each with a run that is over
  /// @throws InvalidInputException if none has what is to be shown
  /// @throws IOException if a file cannot be read, naming file and line, or the machine has no
  ///   fonts
  public static Figure compare(List<ExperimentFolder> experiments, LossView view, FigureStyle style)
      throws InvalidInputException, IOException {
    List<List<RunFolder>> best = new ArrayList<>();
    for (ExperimentFolder experiment : experiments) {
      best.add(best(experiment));
    }
    List<RunFolder> all = best.stream().flatMap(List::stream).toList();
    LossView shown = view.withLosses(deciding(all, view));
    List<LossPicture.Line> lines = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      String name =
          String.valueOf(experiments.get(i).path().toAbsolutePath().normalize().getFileName());
      lines.add(new LossPicture.Line(name, mean(best.get(i), shown), CurveStyle.SERIES.get(i)));
    }
    refuseUnfit(all, lines, shown);
    List<LossPicture.Reference> references = references(all, view.unit());
    List<String> remarks = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      remarks.add(
          "%s: the best setting, mean over %s"
              .formatted(
                  lines.get(i).name(),
                  best.get(i).size() == 1 ? "1 run" : best.get(i).size() + " seeds"));
    }
    remarks.addAll(remarks(view));
    return figure(
        lines,
        references,
        view,
        style,
        "%s of %d experiments over the steps".formatted(losses(shown), best.size()),
        remarks);
  }

  /// The runs of the setting with the lowest loss.
  private static List<RunFolder> best(ExperimentFolder experiment) throws IOException {
    SweepTable table = SweepTable.of(RunsTable.read(experiment));
    return table.settings().stream()
        .min(Comparator.comparingDouble(SweepSetting::badness))
        .map(setting -> setting.runs().stream().map(run -> experiment.run(run.id())).toList())
        .orElse(List.of());
  }

  /// The mean over runs, up to the last step that all have: beyond it, a run that ends would be a
  /// kink.
  private static Curve mean(List<RunFolder> runs, LossView view) throws IOException {
    List<Curve> curves = new ArrayList<>();
    for (RunFolder run : runs) {
      curves.add(main(lines(run, view)));
    }
    int size = curves.stream().mapToInt(Curve::size).min().orElse(0);
    double[] steps = new double[size];
    double[] means = new double[size];
    for (int i = 0; i < size; i++) {
      int point = i;
      steps[point] = curves.getFirst().step(point);
      means[point] = curves.stream().mapToDouble(curve -> curve.value(point)).average().orElse(0);
    }
    return new Curve(steps, means);
  }

  /// Which losses are shown; of one run, all may be.
  private static LossView.Losses losses(List<RunFolder> runs, LossView view) throws IOException {
    return runs.size() == 1 ? view.losses() : deciding(runs, view);
  }

  private static LossView.Losses deciding(List<RunFolder> runs, LossView view) throws IOException {
    if (view.losses() != LossView.Losses.DECIDING) {
      return view.losses();
    }
    for (RunFolder run : runs) {
      if (LossCurve.dev(run.path()).size() == 0) {
        return LossView.Losses.TRAIN;
      }
    }
    return LossView.Losses.DEV;
  }

  private static List<LossPicture.Line> lines(RunFolder run, LossView view) throws IOException {
    return LossCurve.lines(run.path(), view);
  }

  private static List<LossPicture.Line> of(List<RunFolder> runs, LossView view) throws IOException {
    List<String> names = RunNames.of(runs);
    List<CurveStyle> looks = RunPlaces.looks(runs);
    List<LossPicture.Line> lines = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Curve curve = main(lines(runs.get(i), view));
      lines.add(new LossPicture.Line(names.get(i), curve, looks.get(i)));
    }
    return lines;
  }

  /// The curve that stands for a run among others.
  private static Curve main(List<LossPicture.Line> lines) {
    return lines.stream()
        .filter(line -> !line.look().equals(CurveStyle.PALE))
        .findFirst()
        .map(LossPicture.Line::curve)
        .orElse(Curve.EMPTY);
  }

  private static void refuseUnfit(List<RunFolder> runs, List<LossPicture.Line> lines, LossView view)
      throws InvalidInputException, IOException {
    if (view.smoothing() > points(runs, view)) {
      throw new InvalidInputException(
          Mistake.in("--smooth " + view.smoothing(), "no curve has so many points"));
    }
    if (lines.stream().anyMatch(line -> line.curve().size() > 0)) {
      return;
    }
    List<LossPicture.Line> all = new ArrayList<>();
    for (RunFolder run : runs) {
      all.addAll(lines(run, LossView.DEFAULT.withLosses(view.losses())));
    }
    double last = LossAxes.lastStep(all);
    if (all.stream().anyMatch(line -> line.curve().size() > 0)) {
      throw new InvalidInputException(
          Mistake.in(
              "--steps",
              "no curve has a point there; their last one is at step " + Numbers.whole(last)));
    }
    if (view.losses() == LossView.Losses.DEV) {
      throw new InvalidInputException(
          Mistake.in("--dev", "there are no losses on dev words, for the words are not divided"));
    }
  }

  /// The number of points of the longest curve that can be smoothed; 1 where none is to be.
  private static int points(List<RunFolder> runs, LossView view) throws IOException {
    int points = 1;
    for (RunFolder run : view.smoothing() > 1 ? runs : List.<RunFolder>of()) {
      boolean isOfDev = view.losses() == LossView.Losses.DEV;
      int size = isOfDev ? LossCurve.dev(run.path()).size() : Metrics.read(run.metrics()).size();
      points = Math.max(points, size);
    }
    return points;
  }

  private static String title(List<RunFolder> runs, LossView view) {
    return runs.size() == 1
        ? losses(view) + " over the steps of a training"
        : "%s of %d runs over the steps".formatted(losses(view), runs.size());
  }

  private static String losses(LossView view) {
    return view.losses() == LossView.Losses.DEV ? "Loss on the dev words" : "Loss";
  }

  /// What the curves do not say of themselves.
  private static List<String> remarks(LossView view) {
    List<String> remarks = new ArrayList<>();
    if (view.smoothing() > 1) {
      remarks.add(
          "each point the mean of %d neighbouring ones where there are so many"
              .formatted(view.smoothing()));
    }
    if (view.unit() == LossUnit.PERPLEXITY) {
      remarks.add("perplexity is e to the power of the loss in nats per character");
    }
    return remarks;
  }

  /// The losses that the data set as marks, where all runs have the same.
  private static List<LossPicture.Reference> references(List<RunFolder> runs, LossUnit unit)
      throws IOException {
    List<LossPicture.Reference> first = LossCurve.references(runs.getFirst().path(), unit);
    for (RunFolder run : runs) {
      if (!LossCurve.references(run.path(), unit).equals(first)) {
        return List.of();
      }
    }
    return first;
  }
}
