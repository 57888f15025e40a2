package twister.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.ranking.ColumnNames;
import twister.ranking.MeansTest;
import twister.ranking.Ranking;
import twister.ranking.Ranking.Entries;
import twister.ranking.Ranking.Standing;
import twister.ranking.SeedGroup;
import twister.report.DataTable.Kind;
import twister.spec.LossUnit;
import twister.tracking.RunNotes;
import twister.tracking.RunsTable;

/// The columns that a leaderboard can have: those of the runs, and those made from groups of them.
final class LeaderboardColumns {
  static final String RANK = "rank";
  static final String TIE = "tie";
  static final String TEST = "test";
  static final String P = "p";
  static final String WORSE = "worse_in";
  static final String COUNT = "n";
  static final String RUNS = "runs";
  static final String SPREAD = "ci95";
  static final String LOW = "ci95_low";
  static final String HIGH = "ci95_high";
  static final String DEVIATION = "sd";
  static final String BEST = "best";
  static final String RUN = "run";
  static final String NOTE = RunNotes.NOTE;
  static final String TAG = RunNotes.TAG;

  /// The number of finished runs, and of all where those are more: for people.
  private static final String COUNTS = "n of runs";

  /// Why runs are missing in the mean: for people.
  private static final String WHY = "why";

  /// The best run, and why others are missing: for people.
  private static final String RUN_OR_NOTE = "run or note";

  /// In how many of the seeds the group is worse than the best one: for people.
  private static final String WORSE_OF = "worse in";

  private static final List<String> MADE =
      List.of(
          RANK, TIE, TEST, P, WORSE, COUNT, RUNS, SPREAD, LOW, HIGH, DEVIATION, BEST, RUN, NOTE);

  private static final int LETTERS_OF_HASH = 12;

  private final Ranking ranking;
  private final LossUnit unit;
  private final RunsTable runs;
  private final Entries entries;
  private final List<Standing> standings;
  private final String figure;
  private final ColumnNames names;
  private final List<String> settings;

  /// The tests of the rows that were asked for, by their rank.
  private final Map<Integer, Optional<MeansTest>> tests = new HashMap<>();

  /// @param unit that losses are shown in
  LeaderboardColumns(Ranking ranking, LossUnit unit) {
    this.ranking = ranking;
    this.unit = unit;
    runs = ranking.runs();
    entries = ranking.entries();
    standings = ranking.standings();
    figure = ranking.figure();
    Set<String> all = new LinkedHashSet<>(MADE);
    all.addAll(runs.columns());
    names = new ColumnNames(List.copyOf(all));
    settings = differingSettings();
  }

  /// Whether a column holds results that are numbers, which have a mean.
  static boolean isFigure(String column) {
    return RunsTable.FIGURES.contains(column);
  }

  LossUnit unit() {
    return unit;
  }

  ColumnNames names() {
    return names;
  }

  /// The columns for programs: the same whatever the runs are, but for settings and losses.
  List<String> forPrograms() {
    return entries == Entries.RUNS
        ? join(
            Stream.of(
                List.of(RANK),
                settings,
                List.of("status", "steps"),
                losses(),
                List.of(RUN),
                tags()))
        : join(
            Stream.of(
                List.of(RANK, TIE),
                settings,
                List.of(COUNT, RUNS, figure, SPREAD, TEST, P, WORSE, BEST, RUN),
                others(),
                tags(),
                List.of(NOTE)));
  }

  /// The columns for people: those in which something stands.
  ///
  /// @param rows that are shown
  List<String> forPeople(List<Standing> rows) {
    List<String> names = entries == Entries.RUNS ? forRuns() : forGroups();
    return names.stream().filter(name -> name.equals(RANK) || isFilled(name, rows)).toList();
  }

  /// The columns for papers, without names of runs: what differs, the losses, and why one is
  /// missing.
  ///
  /// @param rows that are shown
  List<String> forPapers(List<Standing> rows) {
    boolean single = standings.stream().allMatch(standing -> standing.group().runs().size() == 1);
    List<String> means = single ? List.of(figure) : List.of(COUNTS, figure, SPREAD);
    return join(Stream.of(settings, means, others(), List.of(WHY))).stream()
        .filter(name -> name.equals(figure) || isFilled(name, rows))
        .toList();
  }

  private boolean isFilled(String name, List<Standing> rows) {
    return rows.stream()
        .map(row -> cell(name, row))
        .anyMatch(cell -> !cell.equals("") && !cell.equals(false));
  }

  /// Whether a row is the best one, or no difference to it was found.
  boolean isBest(Standing row) {
    return row.rank() == 1 || test(row).filter(MeansTest::isTied).isPresent();
  }

  private List<String> forRuns() {
    return join(Stream.of(List.of(RANK), settings, losses(), List.of(RUN), tags(), List.of(WHY)));
  }

  private List<String> forGroups() {
    boolean single = standings.stream().allMatch(standing -> standing.group().runs().size() == 1);
    return single
        ? join(Stream.of(List.of(RANK, TIE), settings, losses(), tags(), List.of(RUN_OR_NOTE)))
        : join(
            Stream.of(
                List.of(RANK, TIE),
                settings,
                List.of(COUNTS, figure, SPREAD, WORSE_OF, BEST),
                others(),
                tags(),
                List.of(RUN_OR_NOTE)));
  }

  /// What can be left out of a narrow terminal, the least important first.
  List<String> lessImportant() {
    return join(
        Stream.of(
            List.of(BEST),
            others().reversed(),
            List.of(WORSE_OF, SPREAD),
            settings.isEmpty() ? List.of() : settings.subList(1, settings.size()).reversed()));
  }

  private static List<String> join(Stream<List<String>> parts) {
    return parts.flatMap(List::stream).toList();
  }

  /// Settings that differ between the rows, and data and devices that do.
  private List<String> differingSettings() {
    boolean byDevice =
        entries == Entries.GROUPS
            && standings.stream()
                .noneMatch(standing -> standing.group().common("device").isEmpty());
    return Stream.concat(
            runs.settings().stream(),
            byDevice || entries == Entries.RUNS
                ? Stream.of("data_sha256", "device")
                : Stream.of("data_sha256"))
        .filter(name -> entries == Entries.RUNS || !name.equals(RunsTable.SEED))
        .filter(name -> RunsTable.isSetting(name) ? runs.varies(name) : runs.differs(name))
        .toList();
  }

  private List<String> losses() {
    return join(Stream.of(List.of(figure), others()));
  }

  /// The tags, where there are any.
  private List<String> tags() {
    return runs.has(TAG) ? List.of(TAG) : List.of();
  }

  /// Losses beside the one that decides.
  private List<String> others() {
    return Stream.of("loss", "dev_loss")
        .filter(name -> !name.equals(figure) && runs.has(name))
        .toList();
  }

  /// The table of some columns.
  DataTable sheet(List<String> columns, List<Standing> rows) {
    // The two ends of an interval are not equally far from a mean that is no mean of nats or bits.
    List<String> shown =
        columns.stream()
            .flatMap(
                name ->
                    name.equals(SPREAD) && !unit.isLinear()
                        ? Stream.of(LOW, HIGH)
                        : Stream.of(name))
            .toList();
    return new DataTable(
        shown.stream().map(this::column).toList(),
        rows.stream()
            .map(row -> shown.stream().map(name -> inUnit(name, cell(name, row))).toList())
            .toList());
  }

  /// The same table with the unit of losses in the names of its columns.
  DataTable named(DataTable sheet) {
    return new DataTable(
        sheet.columns().stream()
            .map(
                column ->
                    new DataTable.Column(
                        unitOf(column.name()).column(column.name()),
                        column.heading(),
                        column.kind()))
            .toList(),
        sheet.rows(),
        sheet.digits());
  }

  /// What the cells of a column are in. A standard deviation over seeds has no perplexity.
  private LossUnit unitOf(String name) {
    return switch (name) {
      case SPREAD, LOW, HIGH, BEST -> unit;
      case DEVIATION -> unit.isLinear() ? unit : LossUnit.NATS;
      default -> isLoss(name) ? unit : LossUnit.NATS;
    };
  }

  /// Whether a column holds a loss, or a mean of losses.
  private static boolean isLoss(String name) {
    return isFigure(name) && (name.endsWith("loss") || name.equals("nll"));
  }

  private Object inUnit(String name, Object cell) {
    return cell instanceof Double nats ? (Object) unitOf(name).of(nats) : cell;
  }

  private DataTable.Column column(String name) {
    return switch (name) {
      case RANK -> new DataTable.Column(name, name, Kind.COUNT);
      case TIE -> new DataTable.Column(name, "", Kind.MARK);
      case COUNTS -> new DataTable.Column(COUNT, COUNT, Kind.COUNT);
      case COUNT, RUNS -> new DataTable.Column(name, name, Kind.COUNT);
      case SPREAD -> new DataTable.Column(name, "± 95 %", Kind.SPREAD);
      case DEVIATION -> new DataTable.Column(name, "sd", Kind.SPREAD);
      case TEST -> new DataTable.Column(name, name, Kind.WORD);
      case P -> new DataTable.Column(name, name, Kind.PROBABILITY);
      case WORSE -> new DataTable.Column(name, "worse in", Kind.COUNT);
      case WORSE_OF -> new DataTable.Column(WORSE, name, Kind.COUNT);
      case LOW -> new DataTable.Column(name, "95 % from", Kind.FIGURE);
      case HIGH -> new DataTable.Column(name, "to", Kind.FIGURE);
      case BEST -> new DataTable.Column(name, name, Kind.FIGURE);
      case RUN_OR_NOTE -> new DataTable.Column(RUN, "best run", Kind.WORD);
      case RUN -> new DataTable.Column(name, entries == Entries.RUNS ? RUN : "best run", Kind.WORD);
      case WHY -> new DataTable.Column(NOTE, "", Kind.WORD);
      default ->
          RunsTable.isSetting(name)
              ? new DataTable.Column(name, names.brief(name), Kind.SETTING)
              : new DataTable.Column(
                  name, unitOf(name).column(name), isFigure(name) ? Kind.FIGURE : Kind.WORD);
    };
  }

  /// What stands in a column of a row; an empty text where there is nothing.
  Object cell(String name, Standing row) {
    SeedGroup group = row.group();
    return switch (name) {
      case RANK -> row.rank() == 0 ? "" : row.rank();
      case TIE -> test(row).filter(MeansTest::isTied).isPresent();
      case TEST -> test(row).map(test -> test.method().word()).orElse("");
      case P -> test(row).map(test -> present(test.p())).orElse("");
      case WORSE -> pairs(row).<Object>map(MeansTest::worse).orElse("");
      case WORSE_OF -> pairs(row).map(test -> test.worse() + " of " + test.seeds()).orElse("");
      case COUNT -> group.finished(figure).size();
      case RUNS -> group.runs().size();
      case COUNTS -> counts(group.finished(figure).size(), group.runs().size());
      case SPREAD -> present(group.halfWidth(figure));
      case LOW -> present(group.mean(figure) - group.halfWidth(figure));
      case HIGH -> present(group.mean(figure) + group.halfWidth(figure));
      case DEVIATION -> present(group.standardDeviation(figure));
      case BEST -> group.best(figure).map(run -> present(run.number(figure))).orElse("");
      case RUN -> group.best(figure).map(run -> run.text(RUN)).orElse(group.common(RUN));
      case WHY -> row.note(figure);
      case NOTE -> different(Stream.concat(Stream.of(row.note(figure)), said(group, NOTE)), "; ");
      case TAG ->
          different(said(group, TAG).flatMap(tags -> Stream.of(tags.split(" ", -1))).sorted(), " ");
      case RUN_OR_NOTE -> runOrNote(row);
      case "data_sha256" -> brief(group.common(name));
      default -> isFigure(name) ? mean(group, name) : group.common(name);
    };
  }

  private Optional<MeansTest> test(Standing row) {
    return tests.computeIfAbsent(row.rank(), _ -> ranking.besideBest(row));
  }

  /// The test of a row that has the seeds of the best one, two or more.
  private Optional<MeansTest> pairs(Standing row) {
    return test(row).filter(test -> test.seeds() > 1);
  }

  private String runOrNote(Standing row) {
    return Stream.of(
            row.group().best(figure).map(run -> run.text(RUN)).orElse(""), row.note(figure))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String different(Stream<String> texts, String between) {
    return texts.filter(text -> !text.isEmpty()).distinct().collect(Collectors.joining(between));
  }

  /// What people said of the runs of a group.
  private static Stream<String> said(SeedGroup group, String column) {
    return group.runs().stream().map(run -> run.text(column));
  }

  private static Object counts(int finished, int all) {
    return finished == all ? finished : finished + " of " + all;
  }

  /// Of losses the mean over the finished runs; of what every run has, such as its steps, over all.
  private static Object mean(SeedGroup group, String name) {
    return present(isLoss(name) ? group.mean(name) : group.meanOfAll(name));
  }

  private static Object present(double value) {
    return Double.isNaN(value) ? "" : value;
  }

  private static String brief(String hash) {
    return hash.substring(0, Math.min(LETTERS_OF_HASH, hash.length()));
  }

  /// Which tests compared the rows that are shown with the best one.
  String tests() {
    Set<MeansTest.Method> methods =
        tests.values().stream()
            .flatMap(Optional::stream)
            .filter(test -> !Double.isNaN(test.p()))
            .map(MeansTest::method)
            .collect(Collectors.toSet());
    return !methods.contains(MeansTest.Method.PAIRED)
        ? "Welch's t-test of the means"
        : methods.size() == 1
            ? "paired t-test over the same seeds"
            : "paired t-test over the same seeds, else Welch's";
  }

  /// What the marks of a table mean.
  List<String> legend(DataTable sheet) {
    List<String> legend = new ArrayList<>();
    List<String> data =
        Stream.concat(runs.settings().stream(), Stream.of("data_sha256"))
            .filter(name -> name.startsWith("data") && !name.equals("data.order"))
            .filter(runs::differs)
            .toList();
    if (!data.isEmpty()) {
      legend.add("losses are of different words: " + String.join(", ", data) + " differs");
    }
    for (int i = 0; i < sheet.columns().size(); i++) {
      int column = i;
      boolean filled =
          sheet.rows().stream()
              .map(row -> row.get(column))
              .anyMatch(cell -> !cell.equals("") && !cell.equals(false));
      Kind kind = sheet.columns().get(i).kind();
      if (filled && kind == Kind.MARK) {
        legend.add("= no difference to rank 1 found (%s, 5 %%)".formatted(tests()));
      }
      if (filled && sheet.columns().get(i).name().equals(WORSE)) {
        legend.add("worse in: how many seeds have a higher %s than in rank 1".formatted(figure));
      }
      if (filled && sheet.columns().get(i).name().equals(SPREAD)) {
        legend.add("± 95 %: half the confidence interval of the mean over seeds (Student's t)");
      }
      if (filled && sheet.columns().get(i).name().equals(LOW)) {
        legend.add("95 % from, to: the confidence interval of the mean over seeds (Student's t)");
      }
      if (filled && sheet.columns().get(i).name().equals(DEVIATION)) {
        legend.add(
            "sd: the standard deviation over seeds%s, with n - 1 below the squares"
                .formatted(unit.isLinear() ? "" : " in nats"));
      }
      if (filled && sheet.columns().get(i).name().equals("loss") && !figure.equals("loss")) {
        legend.add("loss: what was minimized, on the words learnt from, with the L2 term");
      }
    }
    unitLegend().ifPresent(legend::add);
    return legend;
  }

  private Optional<String> unitLegend() {
    return switch (unit) {
      case NATS -> Optional.empty();
      case BITS -> Optional.of("losses are in bits per character");
      case PERPLEXITY ->
          Optional.of("perplexity: e to the power of the loss in nats; of means, that of the mean");
    };
  }
}
