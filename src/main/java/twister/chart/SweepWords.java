package twister.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the captions of a sweep's charts say.
record SweepWords(SweepTable table) {
  private static final int FEW = 6;
  private static final int SHORT = 10;

  /// The name of the experiment, how many runs there are, of how many seeds, and how many of them
  /// have no finite loss.
  String runs() {
    return runs(" (△)");
  }

  /// @param infinite the mark of runs with an infinite loss
  private String runs(String infinite) {
    String text = table.name().isEmpty() ? "" : table.name() + ": ";
    int runs = table.runs().size();
    text += runs == 1 ? "1 run" : number(runs) + " runs";
    if (table.seeds().isPresent()) {
      text += ", " + seeds();
    }
    if (table.diverged() > 0) {
      text += ", " + number(table.diverged()) + " diverged (×)";
    }
    String loss = table.isOfDevWords() ? " with an infinite dev loss" : " with an infinite loss";
    return table.infinite() == 0 ? text : text + ", " + number(table.infinite()) + loss + infinite;
  }

  /// What the curves of all runs show.
  List<String> curves() {
    List<String> lines = new ArrayList<>();
    lines.add(runs(""));
    best().forEach(lines::add);
    if (table.isOfDevWords()) {
      lines.add("curves: " + stepLossName() + ", on the words learnt from");
    }
    return lines;
  }

  /// What is minimized.
  String stepLossName() {
    String loss = table.isOfDevWords() ? "training loss" : "loss";
    return table.isPenalized() ? loss + " with L2" : loss;
  }

  /// Why there is no loss to show.
  String noLoss() {
    return table.diverged() == table.runs().size() ? "all runs diverged" : "no finite loss";
  }

  /// `5 seeds each`, or less where settings have different numbers of them.
  private String seeds() {
    List<Integer> counts = table.settings().stream().map(s -> s.runs().size()).distinct().toList();
    if (counts.size() > 1) {
      return "up to " + counts.stream().max(Integer::compare).orElseThrow() + " seeds each";
    }
    return counts.getFirst() + " seeds" + (table.settings().size() > 1 ? " each" : "");
  }

  /// The best run with its settings, empty if there is no finite loss.
  Stream<String> best() {
    return table.best().stream()
        .map(run -> best(run.loss()) + ": " + settings(run))
        .map(text -> text.endsWith(": ") ? text.substring(0, text.length() - 2) : text);
  }

  private String best(double loss) {
    return (table.isOfDevWords() ? "best dev loss " : "best loss ") + loss(loss);
  }

  /// What the colours of two keys show.
  ///
  /// @param range the losses that have a colour
  /// @param mark how the best is marked
  List<String> heatmap(SweepCells cells, LossRange range, String mark) {
    List<String> lines = new ArrayList<>();
    lines.add(runs());
    List<String> how = new ArrayList<>();
    if (table.seeds().isPresent()) {
      how.add("mean over seeds");
    }
    if (!cells.others().isEmpty()) {
      how.add("best over " + titles(cells.others()));
    }
    how.addFirst(lossName());
    lines.add(String.join(", ", how));
    if (!range.isEmpty()) {
      lines.add("colours: " + range.spread());
    }
    cells
        .best()
        .ifPresent(
            best -> lines.add("best (" + mark + ") " + loss(best.loss()) + ": " + settings(best)));
    if (range.isCut()) {
      lines.add("losses above " + Numbers.significant(range.high()) + " have its colour");
    }
    long hidden =
        table.runs().stream()
            .filter(run -> cells.across().place(run) < 0 || cells.up().place(run) < 0)
            .count();
    hidden(hidden, List.of(cells.across(), cells.up())).forEach(lines::add);
    return lines;
  }

  /// What the lines over a key show.
  ///
  /// @param range the losses on the axis
  List<String> byKey(KeyLines lines, LossRange range) {
    List<String> text = new ArrayList<>();
    text.add(runs());
    boolean hasBars = table.settings().stream().anyMatch(setting -> setting.margin() > 0);
    if (hasBars) {
      boolean areCut = lines.barEnds(range).anyMatch(end -> !range.holds(end));
      text.add(
          "means over seeds with their 95 % confidence intervals"
              + (areCut ? ", which go on where they have no cap" : ""));
    }
    if (lines.form() == KeyLines.Form.POINTS) {
      text.add(table.seeds().isPresent() ? "a point for each setting" : "a point for each run");
    } else if (lines.showsRuns()) {
      text.add("pale: all runs; line: the best of each " + lines.unit());
    } else if (!lines.best().isEmpty()) {
      text.add("best over " + titles(lines.best()));
    }
    best().forEach(text::add);
    text.addAll(words(lines.key()));
    if (range.isCut()) {
      text.add(beyond(range) + " (▲)");
    }
    hidden(lines.hidden(table), List.of(lines.key())).forEach(text::add);
    return text;
  }

  /// The values of a key in full, where they are words for which an axis has hardly room.
  private static List<String> words(SweepKey key) {
    List<String> words = IntStream.range(0, key.size()).mapToObj(key::label).toList();
    boolean areFew = !key.isNumeric() && words.size() <= FEW;
    return areFew && words.stream().anyMatch(word -> word.length() > SHORT)
        ? List.of(key.title() + ", from the left: " + String.join(" | ", words))
        : List.of();
  }

  /// That some runs are not shown.
  ///
  /// @param keys of which they lack one
  private Stream<String> hidden(long runs, List<SweepKey> keys) {
    return runs == 0
        ? Stream.empty()
        : Stream.of(
            number(runs)
                + " of "
                + number(table.runs().size())
                + " runs not shown, as they have no "
                + String.join(" or ", keys.stream().map(SweepKey::title).toList()));
  }

  /// What the losses of seeds show.
  ///
  /// @param range the losses on the axis
  List<String> bySeed(SweepSetting setting, LossRange range) {
    List<String> text = new ArrayList<>();
    text.add(runs());
    if (setting.margin() > 0) {
      text.add(
          "dashed: mean %s, with its 95 %% confidence interval, ± %s"
              .formatted(loss(setting.finiteLoss()), Numbers.significant(setting.margin(), 2)));
    }
    best().forEach(text::add);
    if (range.isCut()) {
      text.add(beyond(range) + " (▲)");
    }
    return text;
  }

  private static String titles(List<SweepKey> keys) {
    return String.join(", ", keys.stream().map(SweepKey::title).toList());
  }

  /// That there are losses above an axis.
  static String beyond(LossRange range) {
    return "losses above " + Numbers.significant(range.high()) + " are beyond the axis";
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
  String settings(SweepRun run) {
    List<String> words = new ArrayList<>();
    table.keys().forEach(key -> words.add(key.text(run)));
    table.seeds().ifPresent(seed -> words.add(seed.text(run)));
    return String.join(", ", words);
  }

  /// A loss with as many digits as one compares.
  static String loss(double loss) {
    return Numbers.padded(loss, 5);
  }

  static String number(long count) {
    return Numbers.text(BigDecimal.valueOf(count));
  }
}
