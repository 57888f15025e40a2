package twister.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the captions of a sweep's charts say, in sentences without full stops.
record SweepWords(SweepTable table) {
  private static final int FEW = 12;

  /// So many letters have room on an axis.
  private static final int SHORT = 40;

  /// How many runs there are, of which experiment and of how many seeds, and how many of them have
  /// no finite loss.
  ///
  /// @param infinite the mark of runs with an infinite loss
  private String runs(String infinite) {
    int runs = table.runs().size();
    String text = runs == 1 ? "1 run" : number(runs) + " runs";
    if (!table.name().isEmpty()) {
      text += " of " + table.name();
    }
    if (table.seeds().isPresent()) {
      text += ", " + seeds();
    }
    if (table.diverged() > 0) {
      text += ", " + number(table.diverged()) + " diverged (×)";
    }
    String loss = table.isOfDevWords() ? " with an infinite dev loss" : " with an infinite loss";
    return table.infinite() == 0 ? text : text + ", " + number(table.infinite()) + loss + infinite;
  }

  /// `5 seeds each`, or less where settings have different numbers of them.
  private String seeds() {
    List<Integer> counts = table.settings().stream().map(s -> s.runs().size()).distinct().toList();
    if (counts.size() > 1) {
      return "up to " + counts.stream().max(Integer::compare).orElseThrow() + " seeds each";
    }
    return counts.getFirst() + " seeds" + (table.settings().size() > 1 ? " each" : "");
  }

  /// What the curves of all runs show.
  ///
  /// @param losses those on the axis
  /// @param drawn what is drawn of the runs
  Description curves(LossRange losses, List<String> drawn, SweepCurves curves) {
    List<String> text = new ArrayList<>();
    text.add(runs(""));
    best().forEach(text::add);
    if (table.isOfDevWords()) {
      text.add(
          "The curves show the "
              + stepLossName(curves)
              + (curves.areOfDevWords() ? "" : ", on the words learnt from"));
    }
    text.addAll(drawn);
    alike().ifPresent(text::add);
    if (curves.width() > 1) {
      text.add("Each point is the mean of " + number(curves.width()) + " steps");
    }
    if (losses.isCut()) {
      text.add(beyond(losses));
    }
    return new Description("Loss over the steps of the runs of a sweep", text);
  }

  /// In what curves of one colour differ; empty where each has its own, or there are none.
  private Optional<String> alike() {
    List<SweepKey> others =
        table.keys().stream().filter(key -> !Optional.of(key).equals(table.leading())).toList();
    boolean areCurves = table.settings().size() <= CurveFamily.MOST;
    return areCurves && table.leading().isPresent() && !others.isEmpty()
        ? Optional.of("Each line is a setting; those of one colour differ in " + titles(others))
        : Optional.empty();
  }

  /// What curves show.
  String stepLossName(SweepCurves curves) {
    if (curves.areOfDevWords()) {
      return "dev loss";
    }
    String loss = table.isOfDevWords() ? "training loss" : "loss";
    return table.isPenalized() ? loss + " with L2" : loss;
  }

  /// Why there is no loss to show.
  String noLoss() {
    return table.diverged() == table.runs().size() ? "all runs diverged" : "no finite loss";
  }

  /// The best run with its settings, empty if there is no finite loss.
  Stream<String> best() {
    String name = table.isOfDevWords() ? "The best dev loss is " : "The best loss is ";
    return table.best().stream().map(run -> name + loss(run.loss()) + at(settings(run)));
  }

  private static String at(String settings) {
    return settings.isEmpty() ? "" : ", at " + settings;
  }

  /// What the colours of two keys show.
  ///
  /// @param range the losses that have a colour
  /// @param mark how the best is marked
  Description heatmap(SweepCells cells, LossRange range, String mark) {
    List<String> text = new ArrayList<>();
    text.add(runs(" (△)"));
    text.add(
        "Colours show the "
            + lossName()
            + (table.seeds().isPresent() ? ", the mean over seeds" : "")
            + (cells.others().isEmpty() ? "" : ", the best over " + titles(cells.others())));
    if (!range.isEmpty()) {
      text.add("They are spread by the " + range.spread());
    }
    cells
        .best()
        .ifPresent(
            best ->
                text.add(
                    "The best setting is %s: %s%s"
                        .formatted(mark, loss(best.loss()), at(settings(best)))));
    if (range.isCut()) {
      String high = Numbers.significant(range.high());
      text.add("Losses above %s have the colour of %s".formatted(high, high));
    }
    long hidden =
        table.runs().stream()
            .filter(run -> cells.across().place(run) < 0 || cells.up().place(run) < 0)
            .count();
    hidden(hidden, List.of(cells.across(), cells.up())).forEach(text::add);
    return new Description(title(cells.across().title() + " and " + cells.up().title()), text);
  }

  private String title(String keys) {
    String loss = lossName();
    return Character.toUpperCase(loss.charAt(0)) + loss.substring(1) + " by " + keys;
  }

  /// What the lines over a key show.
  ///
  /// @param range the losses on the axis
  Description byKey(KeyLines lines, LossRange range) {
    List<String> text = new ArrayList<>();
    text.add(runs(" (△)"));
    if (lines.hasBars()) {
      boolean areCut = lines.barEnds(range).anyMatch(end -> !range.holds(end));
      text.add(
          "Points are means over seeds, bars their 95 % confidence intervals"
              + (areCut ? ", which go on where they have no cap" : ""));
    }
    if (lines.form() == KeyLines.Form.POINTS) {
      text.add("Each point is a " + (table.seeds().isPresent() ? "setting" : "run"));
    } else if (lines.showsRuns()) {
      text.add("Pale dots are all runs, the line joins the best of each " + lines.unit());
    } else if (!lines.best().isEmpty()) {
      text.add("Each point is the best over " + titles(lines.best()));
    }
    best().forEach(text::add);
    text.addAll(words(lines.key()));
    if (range.isCut()) {
      text.add(beyond(range) + " (▲)");
    }
    List<LossPicture.Reference> levels = lines.levels(table);
    if (!levels.isEmpty()) {
      text.add(
          "Dashed is the best of %s, without %s"
              .formatted(
                  String.join(" and ", levels.stream().map(LossPicture.Reference::name).toList()),
                  lines.key().title()));
    }
    hidden(lines.hidden(table), List.of(lines.key())).forEach(text::add);
    String split = lines.split().map(key -> " and " + key.title()).orElse("");
    return new Description(title(lines.key().title() + split), text);
  }

  /// The values of a key in full, where they are words for which an axis has hardly room.
  private static List<String> words(SweepKey key) {
    List<String> words = IntStream.range(0, key.size()).mapToObj(key::label).toList();
    boolean areFew = !key.isNumeric() && words.size() <= FEW;
    return areFew && words.stream().mapToInt(String::length).sum() > SHORT
        ? List.of("From the left, " + key.title() + " is " + String.join(" | ", words))
        : List.of();
  }

  /// That some runs are not shown.
  ///
  /// @param keys of which they lack one
  private Stream<String> hidden(long runs, List<SweepKey> keys) {
    List<String> lacking =
        keys.stream()
            .filter(key -> table.runs().stream().anyMatch(run -> key.place(run) < 0))
            .map(SweepKey::title)
            .toList();
    return runs == 0
        ? Stream.empty()
        : Stream.of(
            "%s of %s runs have no %s and are not shown"
                .formatted(
                    number(runs), number(table.runs().size()), String.join(" or ", lacking)));
  }

  /// What the losses of seeds show.
  ///
  /// @param range the losses on the axis
  Description bySeed(SeedRange range) {
    List<String> text = new ArrayList<>();
    text.add(runs(" (△)"));
    List<SweepSetting> settings = table.settings();
    if (settings.size() > 1) {
      text.add("Dashed lines are means over seeds, in their 95 % confidence intervals");
    } else if (settings.getFirst().margin() > 0) {
      text.add(
          "The dashed line is their mean, %s, in its 95 %% confidence interval, ± %s"
              .formatted(
                  loss(settings.getFirst().finiteLoss()),
                  Numbers.significant(settings.getFirst().margin(), 2)));
    }
    if (settings.stream().anyMatch(range::isIntervalCut)) {
      text.add("An interval with a triangle at an end goes on beyond the axis");
    }
    best().forEach(text::add);
    if (range.losses().isCut()) {
      text.add(beyond(range.losses()) + " (▲)");
    }
    return new Description(title("seed"), text);
  }

  /// The mean over seeds with its interval, empty if there is none.
  static Stream<String> mean(SweepSetting setting) {
    return setting.margin() > 0
        ? Stream.of(
            "The mean is %s ± %s"
                .formatted(loss(setting.finiteLoss()), Numbers.significant(setting.margin(), 2)))
        : Stream.empty();
  }

  private static String titles(List<SweepKey> keys) {
    return list(keys.stream().map(SweepKey::title).toList());
  }

  /// Things after one another: `a, b and c`.
  private static String list(List<String> all) {
    int last = all.size() - 1;
    return last < 1
        ? String.join("", all)
        : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
  }

  /// That there are losses above an axis.
  private static String beyond(LossRange range) {
    return "Losses above " + Numbers.significant(range.high()) + " are beyond the axis";
  }

  /// What is shown of a run.
  String lossName() {
    return table.isOfDevWords()
        ? "final dev loss"
        : table.isPenalized() ? "final loss with L2" : "final loss";
  }

  /// In what a setting differs from others.
  String settings(SweepSetting setting) {
    return String.join(", ", table.keys().stream().map(key -> key.text(setting.first())).toList());
  }

  /// In what a run differs from others.
  private String settings(SweepRun run) {
    List<String> words = new ArrayList<>();
    table.keys().forEach(key -> words.add(key.text(run)));
    table.seeds().ifPresent(seed -> words.add(seed.text(run)));
    return String.join(", ", words);
  }

  /// A loss with as many digits as one compares.
  private static String loss(double loss) {
    return Numbers.padded(loss, 5);
  }

  static String number(long count) {
    return Numbers.text(BigDecimal.valueOf(count));
  }
}
