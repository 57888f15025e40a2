package twister.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.report.DataTable.Kind;
import twister.spec.LossUnit;
import twister.tracking.Metrics;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// Runs beside each other: what differs in their settings, in where they come from, and in what
/// they found.
public final class RunComparison {
  private static final List<Value> PROVENANCE =
      List.of(
          new Value("twister.version", run -> text(run.provenance().twister().number())),
          Value.hash("twister.commit", provenance -> provenance.twister().commit()),
          Value.dirty("twister.dirty", provenance -> provenance.twister().commit()),
          new Value("device.index", run -> text(run.provenance().device().index())),
          new Value("device.backend", run -> text(run.provenance().device().backend())),
          new Value("device.name", run -> text(run.provenance().device().name())),
          new Value("device.driver", run -> text(run.provenance().device().driver())),
          new Value("jdk", run -> text(run.provenance().platform().jdk())),
          new Value("os", run -> text(run.provenance().platform().os())),
          Value.hash("experiment.commit", Provenance::experiment),
          Value.dirty("experiment.dirty", Provenance::experiment),
          new Value("data.file", run -> text(run.provenance().data().file())),
          new Value("data.sha256", run -> text(run.provenance().data().sha256())),
          new Value("data.words", run -> Optional.of(run.provenance().data().words())));

  private static List<Value> metrics(LossUnit unit) {
    return List.of(
        new Value("status", run -> Optional.of(run.status().word())),
        Value.loss(unit, "loss", run -> run.outcome().map(RunRecord.Outcome::loss)),
        Value.loss(unit, "nll", run -> run.outcome().map(RunRecord.Outcome::nll)),
        Value.loss(unit, "train_loss", split("train")),
        Value.loss(unit, "dev_loss", split("dev")),
        Value.loss(unit, "test_loss", split("test")),
        new Value("steps", run -> run.outcome().map(RunRecord.Outcome::steps)),
        new Value("seconds", run -> run.outcome().map(RunRecord.Outcome::trainingSeconds)));
  }

  private final List<RunRecord> runs;
  private final List<LossDifference> losses;
  private final LossUnit unit;

  /// Something that runs are compared by.
  ///
  /// @param name what it is called here
  /// @param of what a run has of it, which not every run has
  private record Value(String name, Function<RunRecord, Optional<?>> of) {
    static Value setting(String key) {
      return new Value(key, run -> Optional.ofNullable(run.settings().get(key)));
    }

    /// A loss.
    ///
    /// @param nats what a run has of it, in nats per character
    static Value loss(LossUnit unit, String name, Function<RunRecord, Optional<Double>> nats) {
      return new Value(unit.column(name), run -> nats.apply(run).map(unit::of));
    }

    /// The hash of a commit.
    static Value hash(String key, Function<Provenance, Optional<Provenance.Commit>> commit) {
      return new Value(key, run -> commit.apply(run.provenance()).map(Provenance.Commit::hash));
    }

    /// Whether files differed from a commit.
    static Value dirty(String key, Function<Provenance, Optional<Provenance.Commit>> commit) {
      return new Value(key, run -> commit.apply(run.provenance()).map(Provenance.Commit::dirty));
    }

    String text(RunRecord run) {
      return of.apply(run).map(Object::toString).orElse("");
    }
  }

  private RunComparison(List<RunRecord> runs, List<LossDifference> losses, LossUnit unit) {
    this.runs = runs;
    this.losses = losses;
    this.unit = unit;
  }

  private static Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Function<RunRecord, Optional<Double>> split(String name) {
    return run -> run.outcome().flatMap(found -> Optional.ofNullable(found.splits().get(name)));
  }

  /// Reads runs.
  ///
  /// @param folders two or more, each with a `run.yaml` that can be read
  /// @param unit of their losses
  /// @throws IOException naming file and line if a file of a run cannot be read
  public static RunComparison of(List<RunFolder> folders, LossUnit unit) throws IOException {
    List<RunRecord> runs = new ArrayList<>();
    for (RunFolder folder : folders) {
      runs.add(RunRecord.read(folder.run()));
    }
    List<LossDifference> losses = new ArrayList<>();
    Optional<Metrics> first = metrics(folders.getFirst(), runs.getFirst());
    for (int i = 1; i < runs.size(); i++) {
      Optional<Metrics> theirs = metrics(folders.get(i), runs.get(i));
      losses.add(
          first.isPresent() && theirs.isPresent()
              ? LossDifference.of(first.get(), theirs.get())
              : LossDifference.NONE);
    }
    return new RunComparison(runs, losses, unit);
  }

  /// The losses of a run; nothing of one that failed, of which nothing is believed.
  private static Optional<Metrics> metrics(RunFolder run, RunRecord record) throws IOException {
    return record.status() != RunStatus.FAILED && run.has(run.metrics())
        ? Optional.of(Metrics.read(run.metrics()))
        : Optional.empty();
  }

  private boolean differs(Value value) {
    return runs.stream().map(value::text).distinct().count() > 1;
  }

  private boolean isThere(Value value) {
    return runs.stream().anyMatch(run -> value.of.apply(run).isPresent());
  }

  private List<Value> settings() {
    Set<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.settings().keySet()));
    return keys.stream().map(Value::setting).toList();
  }

  private List<Value> provenance() {
    return PROVENANCE.stream().filter(this::isThere).toList();
  }

  private List<Value> metrics() {
    return metrics(unit).stream().filter(this::isThere).toList();
  }

  /// Three tables and a line about the losses of each step, for people.
  ///
  /// @param width of the terminal, to which long values are cut
  public String text(TableFormat format, int width) {
    String line = System.lineSeparator();
    String settings = section(format, "settings", settings(), width);
    String provenance = section(format, "provenance", provenance(), width);
    String begin = format == TableFormat.LATEX ? "% " : "";
    String gap = format == TableFormat.MARKDOWN ? line : "";
    String found =
        begin + "metrics:" + line + gap + ComparedTable.text(metricsSheet(), 2, format, width);
    String about =
        begin + "losses of each step, beside those of " + runs.getFirst().id() + ":" + line;
    String bullet = format == TableFormat.MARKDOWN ? "- " : begin + "  ";
    String lines =
        IntStream.range(0, losses.size())
            .mapToObj(i -> bullet + runs.get(i + 1).id() + "  " + losses.get(i).text(unit) + line)
            .collect(Collectors.joining());
    String steps = format == TableFormat.TABLE ? WrappedLines.of(lines, width) + line : lines;
    return settings + line + provenance + line + found + line + about + gap + steps;
  }

  private String section(TableFormat format, String title, List<Value> values, int width) {
    String line = System.lineSeparator();
    String begin = format == TableFormat.LATEX ? "% " : "";
    List<Value> different = values.stream().filter(this::differs).toList();
    int equal = values.size() - different.size();
    String counts =
        "%s%s: %s, %s%s"
            .formatted(
                begin,
                title,
                different.isEmpty()
                    ? "none differs"
                    : counted(different.size(), "differs", "differ"),
                counted(equal, "is equal", "are equal"),
                line);
    String gap = format == TableFormat.MARKDOWN ? line : "";
    return different.isEmpty()
        ? counts
        : counts + gap + ComparedTable.text(differences(different), 1, format, width);
  }

  private static String counted(int count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }

  private DataTable differences(List<Value> values) {
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(new DataTable.Column("name", "", Kind.WORD));
    runs.forEach(run -> columns.add(new DataTable.Column(run.id(), run.id(), Kind.WORD)));
    List<List<Object>> rows = new ArrayList<>();
    for (Value value : values) {
      Stream<String> found = runs.stream().map(value::text).map(RunComparison::brief);
      rows.add(List.copyOf(Stream.concat(Stream.of(value.name), found).toList()));
    }
    return new DataTable(columns, rows);
  }

  /// Hashes by their first letters.
  private static String brief(String value) {
    return value.matches("[0-9a-f]{40,}") ? value.substring(0, 12) : value;
  }

  /// The metrics of the first run, and of the others with their differences to it.
  private DataTable metricsSheet() {
    RunRecord first = runs.getFirst();
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(new DataTable.Column("name", "", Kind.WORD));
    columns.add(new DataTable.Column(first.id(), first.id(), Kind.COUNT));
    for (RunRecord run : others()) {
      columns.add(new DataTable.Column(run.id(), run.id(), Kind.COUNT));
      columns.add(new DataTable.Column("difference", "difference", Kind.COUNT));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (Value metric : metrics()) {
      List<Object> row = new ArrayList<>(List.of(metric.name, figure(metric.text(first))));
      for (RunRecord run : others()) {
        row.add(figure(metric.text(run)));
        row.add(difference(run, metric).map(RunComparison::signed).orElse(""));
      }
      rows.add(row);
    }
    return new DataTable(columns, rows);
  }

  private List<RunRecord> others() {
    return runs.subList(1, runs.size());
  }

  private static String figure(String value) {
    double number = RunsTable.number(value);
    return Double.isNaN(number) || value.indexOf('.') < 0 ? value : Figures.figure(number, 6);
  }

  private static String signed(double difference) {
    return difference == 0
        ? "0"
        : difference == Math.rint(difference)
            ? String.format(Locale.ROOT, "%+,.0f", difference)
            : String.format(
                Locale.ROOT, Math.abs(difference) < 1e-5 ? "%+.1e" : "%+.6f", difference);
  }

  private Optional<Double> difference(RunRecord run, Value value) {
    double difference =
        RunsTable.number(value.text(run)) - RunsTable.number(value.text(runs.getFirst()));
    return Double.isNaN(difference) ? Optional.empty() : Optional.of(difference);
  }

  /// All of it for programs, with all digits: a row for each thing that differs, each metric and
  /// each comparison of losses, of each run.
  public DataTable sheet() {
    List<List<Object>> rows = new ArrayList<>();
    Predicate<Value> differs = this::differs;
    settings().stream().filter(differs).forEach(value -> addRows(rows, "settings", value));
    provenance().stream().filter(differs).forEach(value -> addRows(rows, "provenance", value));
    metrics().forEach(value -> addRows(rows, "metrics", value));
    for (int i = 0; i < losses.size(); i++) {
      String run = runs.get(i + 1).id();
      losses
          .get(i)
          .figures()
          .forEach((name, value) -> rows.add(List.of("losses", name, run, value, "")));
    }
    return new DataTable(
        List.of(
            new DataTable.Column("table", "table", Kind.WORD),
            new DataTable.Column("name", "name", Kind.WORD),
            new DataTable.Column("run", "run", Kind.WORD),
            new DataTable.Column("value", "value", Kind.SETTING),
            new DataTable.Column("difference", "difference", Kind.FIGURE)),
        rows);
  }

  private void addRows(List<List<Object>> rows, String table, Value value) {
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      Object difference = i == 0 ? "" : difference(run, value).<Object>map(d -> d).orElse("");
      rows.add(List.of(table, value.name, run.id(), value.text(run), difference));
    }
  }
}
