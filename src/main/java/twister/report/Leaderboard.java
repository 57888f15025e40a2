package twister.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.ranking.Ranking;
import twister.ranking.Ranking.Entries;
import twister.ranking.Ranking.Standing;
import twister.ranking.Remarks;
import twister.ranking.SeedGroup;
import twister.spec.LossUnit;
import twister.text.VisibleText;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The runs of an experiment in the order of their losses.
///
/// Runs that differ in nothing but the seed of their initial weights stand in one row, with the
/// mean of their losses. The loss is that on the dev words where there is one: what is chosen by
/// the test words cannot be tested by them.
public final class Leaderboard {
  private static final int MOST_DIGITS = 16;

  private final Ranking ranking;
  private final LeaderboardColumns columns;
  private final Comparator<Standing> order;
  private final Optional<List<String>> chosen;
  private final List<String> remarks;
  private final int digits;

  private Leaderboard(
      Ranking ranking,
      LeaderboardColumns columns,
      Comparator<Standing> order,
      Optional<List<String>> chosen,
      List<String> remarks,
      int digits) {
    this.ranking = ranking;
    this.columns = columns;
    this.order = order;
    this.chosen = chosen;
    this.remarks = remarks;
    this.digits = digits;
  }

  /// The leaderboard of groups.
  public static Leaderboard of(RunsTable runs) {
    return of(Ranking.of(runs));
  }

  /// The leaderboard of a ranking.
  public static Leaderboard of(Ranking ranking) {
    return new Leaderboard(
        ranking,
        new LeaderboardColumns(ranking, LossUnit.NATS),
        Comparator.comparing(standing -> standing.rank() == 0),
        Optional.empty(),
        Remarks.of(ranking),
        Figures.DIGITS);
  }

  /// The same without remarks, for runs that were chosen from others: their ranges end where the
  /// choice does.
  public Leaderboard withoutRemarks() {
    return new Leaderboard(ranking, columns, order, chosen, List.of(), digits);
  }

  /// The same in another order; groups without a loss stay last. Where it is one of a figure, such
  /// as `nll`, the ranks are by that.
  ///
  /// @param key a column, with `-` before it for the largest first
  /// @throws InvalidInputException if there is no such column
  public Leaderboard sortedBy(String key) throws InvalidInputException {
    boolean descends = key.startsWith("-");
    String name = columns.names().get("--sort " + key, descends ? key.substring(1) : key);
    boolean ranksAnew = LeaderboardColumns.isFigure(name) && ranking.runs().has(name);
    Ranking by = ranksAnew ? Ranking.of(ranking.runs(), ranking.entries(), name) : ranking;
    LeaderboardColumns sorted = new LeaderboardColumns(by, columns.unit());
    Comparator<Object> cells = descends ? Leaderboard::compareDown : Leaderboard::compareUp;
    Comparator<Standing> byKey =
        Comparator.comparing(standing -> sorted.cell(name, standing), cells);
    return new Leaderboard(
        by,
        sorted,
        Comparator.<Standing, Boolean>comparing(standing -> standing.rank() == 0)
            .thenComparing(byKey),
        chosen,
        remarks.isEmpty() ? remarks : Remarks.of(by),
        digits);
  }

  /// The same with these columns and no others.
  ///
  /// @throws InvalidInputException if there is no such column, or one is there twice
  public Leaderboard withColumns(List<String> typed) throws InvalidInputException {
    Set<String> names = new LinkedHashSet<>();
    for (String name : typed) {
      String column = columns.names().get("--columns", name.strip());
      if (!names.add(column)) {
        refuse("'%s' is named twice".formatted(column));
      }
      if (column.equals(RunsTable.SEED)
          && ranking.entries() == Entries.GROUPS
          && ranking.runs().differs(column)) {
        refuse("'%s' differs between the seeds of a row; --each shows it".formatted(column));
      }
    }
    return new Leaderboard(
        ranking, columns, order, Optional.of(List.copyOf(names)), remarks, digits);
  }

  /// The same with so many digits that count in the smallest of its losses, for people.
  ///
  /// @throws InvalidInputException if a double does not have so many
  public Leaderboard withDigits(int count) throws InvalidInputException {
    if (count < 1 || count > MOST_DIGITS) {
      throw new InvalidInputException(
          Mistake.in("--digits " + count, "allowed: a whole number from 1 to " + MOST_DIGITS));
    }
    return new Leaderboard(ranking, columns, order, chosen, remarks, count);
  }

  /// The same with its losses in a unit.
  public Leaderboard in(LossUnit unit) {
    return new Leaderboard(
        ranking, new LeaderboardColumns(ranking, unit), order, chosen, remarks, digits);
  }

  private static void refuse(String problem) throws InvalidInputException {
    throw new InvalidInputException(Mistake.in("--columns", problem));
  }

  /// Whether it has no rows.
  public boolean isEmpty() {
    return ranking.runs().rows().isEmpty();
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

  /// The name of the best run, [Ranking#best].
  public Optional<String> best() {
    return ranking.best().map(run -> run.text("run"));
  }

  /// `1,024 runs of learning-rate-and-l2: 1,000 finished, 24 diverged`.
  ///
  /// @param all how many runs the experiment has, some of which may be left out here
  public String headline(int all) {
    int shown = ranking.runs().rows().size();
    String of = shown == all ? "" : String.format(Locale.ROOT, " of %,d", all);
    String counts = SeedGroup.counts(RunsTable.statuses(ranking.runs().rows()));
    return String.format(
        Locale.ROOT,
        "%,d%s %s of %s%s",
        shown,
        of,
        shown == 1 && of.isEmpty() ? "run" : "runs",
        VisibleText.visible(ranking.runs().experiment()),
        counts.isEmpty() ? "" : ": " + counts);
  }

  /// The table for programs, with all digits.
  ///
  /// @param most how many rows
  public DataTable sheet(int most) {
    return columns.named(columns.sheet(chosen.orElseGet(columns::forPrograms), top(most)));
  }

  /// The table for a report, in Markdown or LaTeX, and below it what its marks mean.
  ///
  /// @param most how many rows
  public String paragraph(TableFormat format, int most) {
    return format == TableFormat.LATEX ? latex(top(most)) : markdown(most);
  }

  /// The table for people, of the columns in which something stands.
  ///
  /// @param most how many rows
  public DataTable table(int most) {
    List<Standing> top = top(most);
    return columns.sheet(chosen.orElseGet(() -> columns.forPeople(top)), top).withDigits(digits);
  }

  /// What the marks of a table mean, a line each.
  public List<String> legend(DataTable table) {
    return columns.legend(table);
  }

  /// What a reader should know of the result before believing it, a sentence each.
  public List<String> remarks() {
    return remarks;
  }

  private String markdown(int most) {
    DataTable sheet = table(most);
    List<String> legend = legend(sheet);
    return TableFormat.MARKDOWN.text(sheet)
        + (legend.isEmpty() ? "" : System.lineSeparator())
        + lines(legend, "");
  }

  /// The table for a paper: the losses of the best row, and of those that may be as good, are bold.
  private String latex(List<Standing> top) {
    List<String> names = chosen.orElseGet(() -> columns.forPapers(top));
    DataTable sheet = columns.sheet(names, top).withDigits(digits);
    Set<Integer> best =
        IntStream.range(0, top.size())
            .filter(row -> columns.isBest(top.get(row)))
            .boxed()
            .collect(Collectors.toSet());
    List<String> legend = new ArrayList<>(columns.legend(sheet));
    legend.add(
        "bold: the best, and those with no difference to it found (%s, 5 %%)"
            .formatted(columns.tests()));
    return new LatexTable(sheet, best, ranking.figure()).text() + lines(legend, "% ");
  }

  private static String lines(List<String> lines, String begin) {
    return lines.stream()
        .map(line -> begin + line + System.lineSeparator())
        .collect(Collectors.joining());
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
    return new FittedTable(columns, chosen, top, remarks, digits)
        .text(width, ranking.standings().size() - top.size(), all);
  }

  private List<Standing> top(int most) {
    return ranking.standings().stream().sorted(order).limit(most).toList();
  }
}
