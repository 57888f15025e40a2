package twister.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.spec.ChartSize;

/// The losses of a sweep in panels, one for each value of a key.
///
/// @param table the whole sweep
/// @param key the key that has a panel for each value
/// @param tables the runs with each value
record SweepPanels(SweepTable table, SweepKey key, List<SweepTable> tables) {
  SweepPanels(SweepTable table, SweepKey key) {
    this(table, key, table.panels(key));
  }

  /// Final losses by the first of the other keys.
  Panels byKey() {
    SweepKey across = tables.getFirst().keys().getFirst();
    List<KeyLines> lines = tables.stream().map(part -> KeyLines.of(part, across)).toList();
    KeyLines all = KeyLines.together(lines);
    LossRange range = all.range(table);
    List<LegendRow.Entry> legend = new ArrayList<>();
    all.split()
        .ifPresent(
            split -> legend.addAll(KeyLegend.row(split, KeyLegend.entries(split, all.samples()))));
    Frame any = Frame.of(ChartSize.DEFAULT);
    legend.addAll(
        marks(
            IntStream.range(0, tables.size())
                .mapToObj(i -> new KeyPicture(tables.get(i), lines.get(i), range, any).entries())));
    return panels(
        legend,
        Optional.empty(),
        new SweepWords(table).byKey(all, range),
        (panel, frame) ->
            new KeyPicture(tables.get(panel), lines.get(panel), range, frame).recording());
  }

  /// Final losses of each seed.
  Panels seeds() {
    SweepKey seeds = table.seeds().orElseThrow();
    SeedRange range = SeedRange.of(tables);
    Frame any = Frame.of(ChartSize.DEFAULT);
    return panels(
        marks(tables.stream().map(part -> new SeedPicture(part, seeds, range, any).entries())),
        Optional.empty(),
        new SweepWords(table).bySeed(range),
        (panel, frame) -> new SeedPicture(tables.get(panel), seeds, range, frame).recording());
  }

  /// Losses over the steps.
  Panels losses(SweepCurves curves, ChartSize size) {
    SweepLossPicture.Axes axes = SweepLossPicture.Axes.of(tables, curves, size);
    LossLayer first = axes.layers().getFirst();
    boolean areFew = first.names().size() > 1;
    Optional<SidePanel> side = areFew ? Optional.empty() : first.side();
    Frame any = Frame.of(size);
    List<LegendRow.Entry> legend = new ArrayList<>();
    if (areFew && first.side().isPresent()) {
      tables.getFirst().leading().ifPresent(k -> legend.addAll(KeyLegend.row(k, first.names())));
    }
    legend.addAll(
        marks(
            IntStream.range(0, tables.size())
                .mapToObj(i -> picture(curves, axes, i, any).entries())));
    Description words = new SweepWords(table).curves(axes.losses(), first.caption(), curves);
    List<String> sentences = new ArrayList<>(words.sentences());
    axes.references().forEach(mark -> sentences.add(mark.sentence()));
    return panels(
        legend,
        side,
        new Description(words.title(), sentences),
        (panel, frame) -> picture(curves, axes, panel, frame).recording());
  }

  private SweepLossPicture picture(
      SweepCurves curves, SweepLossPicture.Axes axes, int panel, Frame frame) {
    return new SweepLossPicture(tables.get(panel), curves, axes, panel, frame);
  }

  private static List<LegendRow.Entry> marks(Stream<List<LegendRow.Entry>> entries) {
    return entries.flatMap(List::stream).distinct().toList();
  }

  private Panels panels(
      List<LegendRow.Entry> legend,
      Optional<SidePanel> side,
      Description description,
      Panels.Drawing drawing) {
    List<String> sentences = new ArrayList<>(description.sentences());
    for (SweepTable part : tables) {
      List<String> words = Stream.concat(means(part), new SweepWords(part).best()).toList();
      if (!words.isEmpty()) {
        sentences.add(
            heading(part)
                + ": "
                + String.join(", ", words.stream().map(SweepPanels::lower).toList()));
      }
    }
    hidden().ifPresent(sentences::add);
    String title = description.title() + ", a panel for each value of " + key.title();
    return new Panels(
        tables.stream().map(this::heading).toList(),
        new Panels.Common(legend, side, new Description(title, sentences)),
        drawing);
  }

  /// The mean of a panel that shows the seeds of one setting.
  private static Stream<String> means(SweepTable part) {
    return part.keys().isEmpty()
        ? part.settings().stream().limit(1).flatMap(SweepWords::mean)
        : Stream.empty();
  }

  /// The key with its value and unit.
  private String heading(SweepTable part) {
    return key.heading(key.place(part.runs().getFirst()));
  }

  private static String lower(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private Optional<String> hidden() {
    int shown = tables.stream().mapToInt(part -> part.runs().size()).sum();
    int all = table.runs().size();
    return shown == all
        ? Optional.empty()
        : Optional.of(
            "%s of %s runs have no %s and are not shown"
                .formatted(SweepWords.number(all - shown), SweepWords.number(all), key.title()));
  }
}
