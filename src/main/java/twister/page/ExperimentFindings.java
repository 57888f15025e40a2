package twister.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import twister.experiment.MissingRuns;
import twister.ranking.Ranking;
import twister.ranking.Ranking.Standing;
import twister.report.DataTable;
import twister.report.DataTable.Kind;
import twister.report.Leaderboard;
import twister.spec.ExperimentSpec;
import twister.spec.LossUnit;
import twister.spec.SpecReader;
import twister.text.VisibleText;
import twister.tracking.ExperimentFolder;
import twister.tracking.PlainFile;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;

/// What an experiment found: its ranks, its answer in sentences, its tables.
public final class ExperimentFindings {
  private final ExperimentFolder folder;
  private final RunsTable runs;
  private final LossUnit unit;
  private final Ranking ranking;
  private final SettingNames names;
  private final Leaderboard board;
  private final DataTable settings;
  private final Optional<String> missing;

  /// @param runs of the experiment, with their tags and notes
  /// @param unit of losses
  public ExperimentFindings(ExperimentFolder folder, RunsTable runs, LossUnit unit) {
    this.folder = folder;
    this.runs = runs;
    this.unit = unit;
    ranking = Ranking.of(runs);
    names = new SettingNames(ranking);
    board = Leaderboard.of(ranking).in(unit);
    settings = filled(board.sheet(Integer.MAX_VALUE));
    missing = MissingRuns.text(folder, runs);
  }

  /// The runs.
  public RunsTable runs() {
    return runs;
  }

  /// The ranks of the settings.
  public Ranking ranking() {
    return ranking;
  }

  /// The settings that have a rank, the best first.
  List<Standing> ranked() {
    return ranking.standings().stream().filter(standing -> standing.rank() > 0).toList();
  }

  /// What a setting is called; empty where there is only one.
  String name(Standing standing) {
    return names.of(ranking.standings().indexOf(standing));
  }

  Leaderboard board() {
    return board;
  }

  /// The best run; empty where none has finished.
  public Optional<RunFolder> best() {
    return ranking.best().map(this::folder);
  }

  /// The best run, or any where none has finished.
  Optional<RunFolder> bestOrAny() {
    return best().or(() -> runs.rows().stream().findFirst().map(this::folder));
  }

  /// The folder of a run.
  RunFolder folder(RunsTable.Row run) {
    return folder.run(run.text("run"));
  }

  /// What the experiment asks; empty where it does not say it.
  public String question() {
    Optional<ExperimentSpec> spec = bestOrAny().flatMap(RunFolder::experiment);
    return VisibleText.visible(spec.map(ExperimentSpec::question).orElseGet(this::plannedQuestion));
  }

  /// That of the file, before the first run has ended.
  private String plannedQuestion() {
    try {
      return PlainFile.isOne(folder.spec())
          ? SpecReader.sweep(folder.spec(), List.of(), List.of()).first().question()
          : "";
    } catch (InvalidInputException e) {
      return ""; // The doctor tells of a spec.yaml that cannot be read.
    }
  }

  /// What was found, in sentences.
  public List<String> answer() {
    int place =
        IntStream.range(0, settings.columns().size())
            .filter(
                i ->
                    settings.columns().get(i).kind() == Kind.FIGURE
                        && settings.columns().get(i).name().startsWith(ranking.figure()))
            .findFirst()
            .orElse(0);
    List<String> sentences =
        new ArrayList<>(
            new Answer(ranking, names, unit, settings.decimals().get(place)).sentences());
    failure().ifPresent(sentences::add);
    missing
        .map(text -> Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".")
        .ifPresent(sentences::add);
    return sentences;
  }

  /// Why a run failed; others may have for the same reason.
  private Optional<String> failure() {
    return runs.rows().stream()
        .filter(row -> row.status() == RunStatus.FAILED)
        .findFirst()
        .flatMap(
            row ->
                folder(row)
                    .record()
                    .flatMap(RunRecord::outcome)
                    .map(RunRecord.Outcome::message)
                    .filter(message -> !message.isEmpty())
                    .map(
                        message ->
                            "Run %s failed: %s."
                                .formatted(row.text("run"), VisibleText.visible(message))));
  }

  /// How many runs are missing, in words; nothing where none is.
  public Optional<String> missing() {
    return missing;
  }

  /// What to know before believing it, a sentence each, without full stops.
  public List<String> remarks() {
    return board.remarks();
  }

  /// A row for each setting, for programs, without the columns in which nothing stands.
  public DataTable settings() {
    return settings;
  }

  /// A row for each run, for programs, without the columns in which nothing stands.
  public DataTable eachRun() {
    return filled(
        Leaderboard.of(Ranking.of(runs, Ranking.Entries.RUNS)).in(unit).sheet(Integer.MAX_VALUE));
  }

  private static DataTable filled(DataTable table) {
    List<Integer> kept =
        IntStream.range(0, table.columns().size())
            .filter(
                column ->
                    table.columns().get(column).name().equals("rank")
                        || table.rows().stream()
                            .anyMatch(
                                row ->
                                    !row.get(column).equals("") && !row.get(column).equals(false)))
            .boxed()
            .toList();
    return new DataTable(
        kept.stream().map(table.columns()::get).toList(),
        table.rows().stream().map(row -> kept.stream().<Object>map(row::get).toList()).toList(),
        table.digits());
  }
}
