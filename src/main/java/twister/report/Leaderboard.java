package twister.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import twister.tracking.RunsTable;
import twister.tracking.RunsTable.Row;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The runs of an experiment in the order of their losses.
///
/// Runs that differ in nothing but the seed of their initial weights stand in one row, with the
/// mean of their losses. The loss is that on the dev words where there is one: what is chosen by
/// the test words cannot be tested by them.
public final class Leaderboard {
  private final RunsTable runs;
  private final Entries entries;
  private final LeaderboardColumns columns;
  private final Comparator<Standing> order;
  private final Optional<List<String>> chosen;

  /// What a row of the table stands for.
  public enum Entries {
    /// Runs that differ only in their seed.
    GROUPS,
    /// Each run.
    RUNS
  }

  /// A group and its place.
  ///
  /// @param rank from 1; 0 for a group without a loss
  record Standing(int rank, RunGroup group) {}

  private Leaderboard(
      RunsTable runs,
      Entries entries,
      LeaderboardColumns columns,
      Comparator<Standing> order,
      Optional<List<String>> chosen) {
    this.runs = runs;
    this.entries = entries;
    this.columns = columns;
    this.order = order;
    this.chosen = chosen;
  }

  /// The leaderboard of groups.
  public static Leaderboard of(RunsTable runs) {
    return of(runs, Entries.GROUPS);
  }

  /// The leaderboard of groups or single runs.
  public static Leaderboard of(RunsTable runs, Entries entries) {
    String figure = runs.has("dev_loss") ? "dev_loss" : "loss";
    return new Leaderboard(
        runs,
        entries,
        new LeaderboardColumns(runs, entries, standings(runs, entries, figure), figure),
        Comparator.comparing(standing -> standing.rank() == 0),
        Optional.empty());
  }

  /// The same in another order; groups without a loss stay last. Where it is one of a figure, such
  /// as `nll`, the ranks are by that.
  ///
  /// @param key a column, with `-` before it for the largest first
  public Leaderboard sortedBy(String key) throws InvalidInputException {
    boolean descends = key.startsWith("-");
    String name = columns.names().get("--sort " + key, descends ? key.substring(1) : key);
    LeaderboardColumns sorted =
        LeaderboardColumns.isFigure(name) && runs.has(name)
            ? new LeaderboardColumns(runs, entries, standings(runs, entries, name), name)
            : columns;
    Comparator<Object> cells = descends ? Leaderboard::compareDown : Leaderboard::compareUp;
    Comparator<Standing> byKey =
        Comparator.comparing(standing -> sorted.cell(name, standing), cells);
    return new Leaderboard(
        runs,
        entries,
        sorted,
        Comparator.<Standing, Boolean>comparing(standing -> standing.rank() == 0)
            .thenComparing(byKey),
        chosen);
  }

  /// The same with these columns and no others.
  public Leaderboard withColumns(List<String> typed) throws InvalidInputException {
    Set<String> names = new LinkedHashSet<>();
    for (String name : typed) {
      String column = columns.names().get("--columns", name.strip());
      if (!names.add(column)) {
        refuse("'%s' is there twice".formatted(column));
      }
      if (column.equals(RunsTable.SEED) && entries == Entries.GROUPS && runs.differs(column)) {
        refuse(
            "'%s' differs within a row, which is of all seeds; --each shows it".formatted(column));
      }
    }
    return new Leaderboard(runs, entries, columns, order, Optional.of(List.copyOf(names)));
  }

  private static void refuse(String problem) throws InvalidInputException {
    throw new InvalidInputException(Mistake.in("--columns", problem));
  }

  /// Whether it has no rows.
  public boolean isEmpty() {
    return runs.rows().isEmpty();
  }

  /// Numbers by their size, text by its letters, nothing last.
  private static int compareUp(Object left, Object right) {
    return compareEmpty(left, right).orElseGet(() -> compare(left.toString(), right.toString()));
  }

  private static int compareDown(Object left, Object right) {
    return compareEmpty(left, right).orElseGet(() -> compare(right.toString(), left.toString()));
  }

  private static Optional<Integer> compareEmpty(Object left, Object right) {
    return left.equals("") || right.equals("")
        ? Optional.of(Boolean.compare(left.equals(""), right.equals("")))
        : Optional.empty();
  }

  private static int compare(String left, String right) {
    double a = RunsTable.number(left);
    double b = RunsTable.number(right);
    return Double.isNaN(a) && Double.isNaN(b) ? left.compareTo(right) : Double.compare(a, b);
  }

  /// Groups by the mean of a figure, those without one last.
  private static List<Standing> standings(RunsTable runs, Entries entries, String figure) {
    record Ranked(RunGroup group, double mean) {}
    List<Ranked> ranked =
        groups(runs, entries).stream()
            .map(group -> new Ranked(group, group.mean(figure)))
            .sorted(Comparator.comparingDouble(Ranked::mean))
            .toList();
    List<Standing> standings = new ArrayList<>();
    for (Ranked next : ranked) {
      int rank = Double.isNaN(next.mean) ? 0 : standings.size() + 1;
      standings.add(new Standing(rank, next.group));
    }
    return standings;
  }

  private static List<RunGroup> groups(RunsTable runs, Entries entries) {
    if (entries == Entries.RUNS) {
      return runs.rows().stream().map(run -> new RunGroup(List.of(run))).toList();
    }
    List<String> keys = keys(runs);
    Map<List<String>, List<Row>> groups = new LinkedHashMap<>();
    for (Row run : runs.rows()) {
      List<String> key = keys.stream().map(run::text).toList();
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(run);
    }
    return groups.values().stream().map(RunGroup::new).toList();
  }

  /// What runs of a group have in common: settings and data, and the device as well where a run was
  /// repeated on another one, for that is no other seed.
  private static List<String> keys(RunsTable runs) {
    List<String> all =
        Stream.concat(runs.settings().stream(), Stream.of("data_sha256"))
            .filter(runs::differs)
            .toList();
    Set<List<String>> different = new HashSet<>();
    boolean isRepeated =
        runs.differs("device")
            && !runs.rows().stream()
                .allMatch(run -> different.add(all.stream().map(run::text).toList()));
    return Stream.concat(all.stream(), isRepeated ? Stream.of("device") : Stream.empty())
        .filter(key -> !key.equals(RunsTable.SEED))
        .toList();
  }

  /// The name of the best run of the group that has rank 1; empty where nothing has a loss. It need
  /// not be the run with the lowest loss of all, which may be the luckiest seed of a worse setting.
  public Optional<String> best() {
    return columns.standings().stream()
        .filter(standing -> standing.rank() == 1)
        .findFirst()
        .map(standing -> columns.cell(LeaderboardColumns.RUN, standing).toString());
  }

  /// `1,024 runs of learning-rate-and-l2: 1,000 finished, 24 diverged`.
  ///
  /// @param all how many runs the experiment has, some of which may be left out here
  public String headline(int all) {
    int shown = runs.rows().size();
    String of = shown == all ? "" : String.format(Locale.ROOT, " of %,d", all);
    String counts = RunGroup.counts(RunsTable.statuses(runs.rows()));
    return String.format(
        Locale.ROOT,
        "%,d%s %s of %s%s",
        shown,
        of,
        shown == 1 && of.isEmpty() ? "run" : "runs",
        Letters.visible(runs.experiment()),
        counts.isEmpty() ? "" : ": " + counts);
  }

  /// The table for programs.
  ///
  /// @param most how many rows
  public Sheet sheet(int most) {
    return columns.sheet(chosen.orElseGet(columns::forPrograms), top(most));
  }

  /// The table for a report, in Markdown or LaTeX, and below it what its marks mean.
  ///
  /// @param most how many rows
  public String paragraph(TableFormat format, int most) {
    List<Standing> top = top(most);
    Sheet sheet = columns.sheet(chosen.orElseGet(() -> columns.forPeople(top)), top);
    String begin = format == TableFormat.LATEX ? "% " : "";
    String legend =
        columns.legend(sheet).stream()
            .map(line -> begin + line + System.lineSeparator())
            .reduce("", String::concat);
    String gap = format == TableFormat.LATEX || legend.isEmpty() ? "" : System.lineSeparator();
    return format.text(sheet) + gap + legend;
  }

  /// The first ten rows, for the end of a sweep.
  ///
  /// @param width of the terminal
  /// @param all the command that shows all
  public String begin(int width, String all) {
    return text(10, width, all);
  }

  /// The table for a terminal, and below it what its marks mean.
  ///
  /// @param most how many rows
  /// @param width of the terminal; columns that matter less are left out of a wider table
  public String text(int most, int width) {
    return text(most, width, "--limit 0");
  }

  private String text(int most, int width, String all) {
    List<Standing> top = top(most);
    return new FittedTable(columns, chosen, top)
        .text(width, columns.standings().size() - top.size(), all);
  }

  private List<Standing> top(int most) {
    return columns.standings().stream().sorted(order).limit(most).toList();
  }
}
