package twister.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import twister.ranking.ColumnNames;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// A figure of all runs of an experiment, drawn from their files.
public final class SweepFigure {
  private final ExperimentFolder folder;
  private final SweepTable table;

  private SweepFigure(ExperimentFolder folder, SweepTable table) {
    this.folder = folder;
    this.table = table;
  }

  /// The keys that a user wants to see where.
  ///
  /// @param x the key across
  /// @param y the key upwards
  /// @param colour the key that has a colour for each value
  /// @param panel the key that has a panel for each value
  public record Keys(
      Optional<String> x, Optional<String> y, Optional<String> colour, Optional<String> panel) {
    private boolean isEmpty() {
      return x.isEmpty() && y.isEmpty() && colour.isEmpty();
    }

    /// Refuses the keys that a kind of figure has no place for.
    ///
    /// @throws InvalidInputException if one of those is named
    public void refuseFor(FigureKind kind) throws InvalidInputException {
      refuse(kind, "--x", x, EnumSet.of(FigureKind.BY_KEY, FigureKind.HEATMAP));
      refuse(kind, "--y", y, EnumSet.of(FigureKind.HEATMAP));
      refuse(kind, "--colour", colour, EnumSet.of(FigureKind.BY_KEY, FigureKind.LOSSES));
      refuse(
          kind,
          "--panel",
          panel,
          EnumSet.of(FigureKind.LOSS, FigureKind.LOSSES, FigureKind.BY_KEY, FigureKind.SEEDS));
    }
  }

  /// The figures of an experiment.
  ///
  /// @throws IOException if its table cannot be read
  public static SweepFigure of(ExperimentFolder folder) throws IOException {
    return new SweepFigure(folder, SweepTable.of(RunsTable.read(folder)));
  }

  /// The kinds of figures that its runs allow.
  ///
  /// @param keys of which one may have panels
  /// @throws InvalidInputException if that key does not vary
  public Set<FigureKind> kinds(Keys keys) throws InvalidInputException {
    Set<FigureKind> kinds = EnumSet.noneOf(FigureKind.class);
    if (table.runs().isEmpty()) {
      return kinds;
    }
    kinds.addAll(EnumSet.of(FigureKind.LOSS, FigureKind.LOSSES, FigureKind.COMPARE));
    if (table.numericKeys().size() > 1) {
      kinds.add(FigureKind.HEATMAP);
    }
    Optional<SweepKey> panel = panel(table, keys);
    if (table.keys().stream().anyMatch(key -> panel.filter(key::equals).isEmpty())) {
      kinds.add(FigureKind.BY_KEY);
    } else if (table.seeds().filter(seed -> panel.filter(seed::equals).isEmpty()).isPresent()) {
      kinds.add(FigureKind.SEEDS);
    }
    return kinds;
  }

  /// The keys that vary, but for the seed, by their full names.
  public List<String> keys() {
    return table.keys().stream().map(SweepKey::name).toList();
  }

  /// Draws a figure.
  ///
  /// @param kind one of [#kinds], other than those that show experiments beside each other
  /// @param losses of curves over the steps
  /// @throws InvalidInputException if a key does not vary, or has no place in the figure
  /// @throws IOException if a file cannot be read, naming file and line, or the machine has no
  ///   fonts
  public Figure draw(FigureKind kind, Keys keys, LossView.Losses losses, FigureStyle style)
      throws InvalidInputException, IOException {
    SweepTable shown = table.preferring(names(kind, keys));
    if (keys.panel().isPresent()) {
      return panels(kind, shown, keys, losses, style);
    }
    return switch (kind) {
      case LOSSES -> {
        SweepCurves curves = curves(shown, losses);
        yield style.figure(size -> new SweepLossPicture(shown, curves, size).recording());
      }
      case HEATMAP -> {
        SweepCells cells = SweepCells.of(shown).orElseThrow(() -> twoNumbers(keys));
        yield style.figure(size -> SweepHeatmap.picture(shown, cells, size));
      }
      case BY_KEY -> {
        KeyLines lines = KeyLines.of(shown, shown.keys().getFirst());
        yield style.figure(size -> new KeyPicture(shown, lines, size).recording());
      }
      case SEEDS -> {
        SweepKey seeds = shown.seeds().orElseThrow();
        yield style.figure(size -> new SeedPicture(shown, seeds, size).recording());
      }
      case LOSS, COMPARE, BIGRAMS, PROBABILITIES, DIFFERENCE, RANGE, PROFILE ->
          throw new IllegalArgumentException("kind: expected one of a sweep, got " + kind);
    };
  }

  private Figure panels(
      FigureKind kind, SweepTable shown, Keys keys, LossView.Losses losses, FigureStyle style)
      throws InvalidInputException, IOException {
    String typed = "--panel " + keys.panel().orElseThrow();
    SweepKey key = panel(shown, keys).orElseThrow();
    for (String option : List.of("--x", "--colour")) {
      Optional<String> other = option.equals("--x") ? keys.x() : keys.colour();
      if (other.isPresent() && name(option, other.get()).equals(key.name())) {
        throw new InvalidInputException(
            Mistake.in(typed, "has a place in each panel already; choose another key for one"));
      }
    }
    SweepPanels panels = new SweepPanels(shown, key);
    Panels.refuseMany(typed, panels.tables().size());
    Panels drawn =
        switch (kind) {
          case LOSSES -> panels.losses(curves(shown, losses), style.size());
          case BY_KEY -> panels.byKey();
          case SEEDS -> panels.seeds();
          case LOSS, HEATMAP, COMPARE, BIGRAMS, PROBABILITIES, DIFFERENCE, RANGE, PROFILE ->
              throw new IllegalArgumentException("kind: expected one with panels, got " + kind);
        };
    return drawn.figure(typed, style);
  }

  private SweepCurves curves(SweepTable shown, LossView.Losses losses)
      throws InvalidInputException, IOException {
    SweepCurves.Kind which =
        losses == LossView.Losses.TRAIN ? SweepCurves.Kind.TRAINING : SweepCurves.Kind.DECIDING;
    SweepCurves curves = SweepCurves.read(folder.path(), shown, which);
    if (losses == LossView.Losses.DEV && !curves.areOfDevWords()) {
      throw new InvalidInputException(
          Mistake.in("--dev", "there are no losses on dev words over the steps"));
    }
    return curves;
  }

  /// The key that has a panel for each value, if one is named.
  private Optional<SweepKey> panel(SweepTable shown, Keys keys) throws InvalidInputException {
    if (keys.panel().isEmpty()) {
      return Optional.empty();
    }
    String name = name("--panel", keys.panel().get());
    return varying(shown).filter(key -> key.name().equals(name)).findFirst();
  }

  private static Stream<SweepKey> varying(SweepTable shown) {
    return Stream.concat(shown.keys().stream(), shown.seeds().stream());
  }

  private static InvalidInputException twoNumbers(Keys keys) {
    return new InvalidInputException(
        Mistake.in(
            "--x %s --y %s".formatted(keys.x().orElse(""), keys.y().orElse("")).strip(),
            "a heatmap needs two keys whose values are numbers"));
  }

  /// The keys that go before others, in full.
  private List<String> names(FigureKind kind, Keys keys) throws InvalidInputException {
    keys.refuseFor(kind);
    List<String> names = new ArrayList<>();
    addTo(names, "--x", keys.x());
    addTo(names, "--y", keys.y());
    addTo(names, "--colour", keys.colour());
    boolean lacksFirst = keys.x().isEmpty() && kind != FigureKind.LOSSES && !keys.isEmpty();
    if (lacksFirst) {
      Optional<SweepKey> panel = panel(table, keys);
      table.keys().stream()
          .filter(key -> panel.filter(key::equals).isEmpty())
          .map(SweepKey::name)
          .filter(name -> !names.contains(name))
          .findFirst()
          .ifPresent(names::addFirst);
    }
    return names;
  }

  private void addTo(List<String> names, String option, Optional<String> typed)
      throws InvalidInputException {
    if (typed.isEmpty()) {
      return;
    }
    String name = name(option, typed.get());
    if (table.seeds().filter(seed -> seed.name().equals(name)).isPresent()) {
      throw new InvalidInputException(
          Mistake.in(
              option + " " + typed.get(),
              "is the seed, over which losses are averaged; --panel %s shows each"
                  .formatted(typed.get())));
    }
    if (names.contains(name)) {
      throw new InvalidInputException(
          Mistake.in(
              option + " " + typed.get(), "has a place in the figure already; choose another key"));
    }
    names.add(name);
  }

  private static void refuse(
      FigureKind kind, String option, Optional<String> key, Set<FigureKind> having)
      throws InvalidInputException {
    if (key.isPresent() && !having.contains(kind)) {
      List<String> words = having.stream().map(FigureKind::word).toList();
      throw new InvalidInputException(
          Mistake.in(
              option + " " + key.get(),
              "a figure of %s has none; allowed with --chart %s"
                  .formatted(kind.word(), String.join(" or ", words))));
    }
  }

  /// @param option the one that names the key
  private String name(String option, String typed) throws InvalidInputException {
    ColumnNames varying = new ColumnNames(varying(table).map(SweepKey::name).toList());
    Optional<String> found = varying.find(typed);
    if (found.isEmpty()) {
      throw new InvalidInputException(
          Mistake.in(
              option + " " + typed,
              "is no key that varies in %s; those that do: %s"
                  .formatted(table.name(), String.join(", ", varying.names()))));
    }
    return found.get();
  }
}
