package twister.report;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.report.DataTable.Kind;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.RunsTable;

/// Runs beside each other: what differs in their settings, in where they come from, and in what
/// they found.
public final class RunComparison {
  private static final String SETTINGS = "settings.";
  private static final String SPLITS = "split-loss.";

  private static final List<String> PROVENANCE =
      List.of(
          "twister",
          "device.index",
          "device.backend",
          "device.name",
          "device.driver",
          "jdk",
          "os",
          "code.commit",
          "code.dirty",
          "data.file",
          "data.sha256",
          "data.words");

  private static final List<String> METRICS =
      List.of(
          "status",
          "loss",
          "nll",
          "split-loss.train",
          "split-loss.dev",
          "split-loss.test",
          "steps",
          "training-seconds");

  private final List<String> names;
  private final List<Map<String, String>> runs;
  private final List<LossDifference> losses;

  private RunComparison(
      List<String> names, List<Map<String, String>> runs, List<LossDifference> losses) {
    this.names = names;
    this.runs = runs;
    this.losses = losses;
  }

  /// Reads runs.
  ///
  /// @param folders two or more, each with a `run.yaml` that can be read
  /// @throws IOException naming file and line if a file of a run cannot be read
  public static RunComparison of(List<RunFolder> folders) throws IOException {
    List<Map<String, String>> runs = folders.stream().map(RunFolder::values).toList();
    List<LossDifference> losses = new ArrayList<>();
    Optional<Metrics> first = metrics(folders.getFirst());
    for (RunFolder other : folders.subList(1, folders.size())) {
      Optional<Metrics> theirs = metrics(other);
      losses.add(
          first.isPresent() && theirs.isPresent()
              ? LossDifference.of(first.get(), theirs.get())
              : LossDifference.NONE);
    }
    return new RunComparison(
        runs.stream().map(run -> run.getOrDefault("run", "")).toList(), runs, losses);
  }

  private static Optional<Metrics> metrics(RunFolder run) throws IOException {
    return Files.exists(run.metrics())
        ? Optional.of(Metrics.read(run.metrics()))
        : Optional.empty();
  }

  private String value(int run, String key) {
    return runs.get(run).getOrDefault(key, "");
  }

  private boolean differs(String key) {
    return runs.stream().map(run -> run.getOrDefault(key, "")).distinct().count() > 1;
  }

  private boolean isThere(String key) {
    return runs.stream().anyMatch(run -> run.containsKey(key));
  }

  private List<String> settings() {
    Set<String> keys = new TreeSet<>();
    runs.forEach(
        run -> run.keySet().stream().filter(key -> key.startsWith(SETTINGS)).forEach(keys::add));
    return List.copyOf(keys);
  }

  private List<String> provenance() {
    return PROVENANCE.stream().filter(this::isThere).toList();
  }

  private List<String> metrics() {
    return METRICS.stream().filter(this::isThere).toList();
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
        begin + "metrics:" + line + gap + ComparedTable.text(metricsSheet(), format, width);
    String about = begin + "losses of each step, beside those of " + names.getFirst() + ":" + line;
    String bullet = format == TableFormat.MARKDOWN ? "- " : begin + "  ";
    String lines =
        IntStream.range(0, losses.size())
            .mapToObj(i -> bullet + names.get(i + 1) + "  " + losses.get(i).text() + line)
            .collect(Collectors.joining());
    return settings + line + provenance + line + found + line + about + gap + lines;
  }

  private String section(TableFormat format, String title, List<String> keys, int width) {
    String line = System.lineSeparator();
    String begin = format == TableFormat.LATEX ? "% " : "";
    List<String> different = keys.stream().filter(this::differs).toList();
    int equal = keys.size() - different.size();
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
        : counts + gap + ComparedTable.text(differences(different), format, width);
  }

  private static String counted(int count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }

  private DataTable differences(List<String> keys) {
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(new DataTable.Column("name", "", Kind.WORD));
    names.forEach(name -> columns.add(new DataTable.Column(name, name, Kind.WORD)));
    List<List<Object>> rows = new ArrayList<>();
    for (String key : keys) {
      Stream<String> values = IntStream.range(0, runs.size()).mapToObj(run -> value(run, key));
      rows.add(
          List.copyOf(
              Stream.concat(Stream.of(plain(key)), values.map(RunComparison::brief)).toList()));
    }
    return new DataTable(columns, rows);
  }

  /// What a key of run.yaml is called here.
  private static String plain(String key) {
    return key.startsWith(SETTINGS)
        ? key.substring(SETTINGS.length())
        : key.startsWith(SPLITS)
            ? key.substring(SPLITS.length()) + "_loss"
            : key.equals("training-seconds") ? "seconds" : key;
  }

  /// Hashes by their first letters.
  private static String brief(String value) {
    return value.matches("[0-9a-f]{40,}") ? value.substring(0, 12) : value;
  }

  /// The metrics of the first run, and of the others with their differences to it.
  private DataTable metricsSheet() {
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(new DataTable.Column("name", "", Kind.WORD));
    columns.add(new DataTable.Column(names.getFirst(), names.getFirst(), Kind.COUNT));
    for (String name : names.subList(1, names.size())) {
      columns.add(new DataTable.Column(name, name, Kind.COUNT));
      columns.add(new DataTable.Column("difference", "difference", Kind.COUNT));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (String key : metrics()) {
      List<Object> row = new ArrayList<>(List.of(plain(key), figure(value(0, key))));
      for (int run = 1; run < runs.size(); run++) {
        row.add(figure(value(run, key)));
        row.add(difference(run, key).map(RunComparison::signed).orElse(""));
      }
      rows.add(row);
    }
    return new DataTable(columns, rows);
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

  private Optional<Double> difference(int run, String key) {
    double difference = RunsTable.number(value(run, key)) - RunsTable.number(value(0, key));
    return Double.isNaN(difference) ? Optional.empty() : Optional.of(difference);
  }

  /// All of it for programs, with all digits: a row for each thing that differs, each metric and
  /// each comparison of losses, of each run.
  public DataTable sheet() {
    List<List<Object>> rows = new ArrayList<>();
    Predicate<String> differs = this::differs;
    settings().stream().filter(differs).forEach(key -> addRows(rows, "settings", key));
    provenance().stream().filter(differs).forEach(key -> addRows(rows, "provenance", key));
    metrics().forEach(key -> addRows(rows, "metrics", key));
    for (int i = 0; i < losses.size(); i++) {
      String run = names.get(i + 1);
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

  private void addRows(List<List<Object>> rows, String table, String key) {
    for (int run = 0; run < runs.size(); run++) {
      Object difference = run == 0 ? "" : difference(run, key).<Object>map(d -> d).orElse("");
      rows.add(List.of(table, plain(key), names.get(run), value(run, key), difference));
    }
  }
}
