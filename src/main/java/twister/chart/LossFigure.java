package twister.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import twister.ranking.ColumnNames;
import twister.spec.LossUnit;
import twister.tracking.RunFolder;
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
    // Of one run, all losses are shown that its own chart has.
    LossView shown = runs.size() == 1 ? view : view.withLosses(RunCurves.deciding(runs, view));
    List<LossPicture.Line> lines =
        runs.size() == 1 ? RunCurves.lines(runs.getFirst(), shown) : lines(runs, shown);
    RunCurves.refuseUnfit(runs, lines, shown);
    List<LossPicture.Reference> references = RunCurves.references(runs, shown);
    List<String> remarks = new ArrayList<>(remarks(view));
    if (runs.size() > 1) {
      RunCurves.smoothed(runs, shown).ifPresent(remarks::add);
      RunNames.unnamed(runs).ifPresent(remarks::add);
    }
    return figure(lines, references, view, style, title(runs, shown), remarks);
  }

  private static List<LossPicture.Line> lines(List<RunFolder> runs, LossView view)
      throws IOException {
    List<String> names = RunNames.of(runs);
    List<CurveStyle> looks = RunPlaces.looks(runs);
    List<LossPicture.Line> lines = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Curve curve = RunCurves.main(runs.get(i), view);
      lines.add(new LossPicture.Line(names.get(i), curve, looks.get(i)));
    }
    return RunCurves.beside(runs, lines);
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
    LossView shown = view.withLosses(RunCurves.deciding(runs, view));
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
    List<LossPicture.Line> lines = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      CurveStyle look = looks.get(different.indexOf(names.get(run)));
      Curve curve = RunCurves.main(runs.get(run), shown);
      lines.add(new LossPicture.Line(names.get(run), curve, look));
    }
    List<LossPicture.Line> beside = RunCurves.beside(runs, lines);
    List<List<LossPicture.Line>> panels =
        IntStream.range(0, key.size())
            .mapToObj(
                place ->
                    IntStream.range(0, runs.size())
                        .filter(run -> key.place(run) == place)
                        .mapToObj(beside::get)
                        .toList())
            .toList();
    List<LossPicture.Line> all = panels.stream().flatMap(List::stream).toList();
    RunCurves.refuseUnfit(runs, all, shown);
    List<LossPicture.Reference> references = RunCurves.references(runs, shown);
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
                legend,
                Optional.empty(),
                words(headings, panels, references, key, shown, RunCurves.smoothed(runs, shown))),
            (panel, frame) ->
                new LossPicture(panels.get(panel), all, references, shown, frame).recording())
        .figure(source, style);
  }

  private static Description words(
      List<String> headings,
      List<List<LossPicture.Line>> panels,
      List<LossPicture.Reference> references,
      SweepKey key,
      LossView view,
      Optional<String> smoothed) {
    List<String> sentences = new ArrayList<>();
    for (int panel = 0; panel < panels.size(); panel++) {
      for (LossPicture.Line line : panels.get(panel)) {
        String name = line.name().isEmpty() ? "" : ", " + line.name();
        String heading = headings.get(panel);
        line.ends().ifPresent(ends -> sentences.add(heading + name + ": " + ends));
      }
    }
    references.forEach(mark -> sentences.add(mark.sentence()));
    smoothed.ifPresent(sentences::add);
    sentences.addAll(remarks(view));
    return new Description(
        "%s of %d runs over the steps, a panel for each value of %s"
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

  /// A figure of curves.
  ///
  /// @param remarks what its caption says besides
  static Figure figure(
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

  private static String title(List<RunFolder> runs, LossView view) {
    return runs.size() == 1
        ? losses(view) + " over the steps of a training"
        : "%s of %d runs over the steps".formatted(losses(view), runs.size());
  }

  /// What is shown, in words.
  static String losses(LossView view) {
    return view.losses() == LossView.Losses.DEV ? "Loss on the dev words" : "Loss";
  }

  /// What the curves do not say of themselves.
  static List<String> remarks(LossView view) {
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
}
