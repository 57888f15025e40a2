package twister.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import twister.ranking.Ranking.Standing;
import twister.ranking.SeedGroup;
import twister.report.DataTable;
import twister.report.DataTable.Column;
import twister.report.DataTable.Kind;
import twister.report.DrawnNames;
import twister.report.Figures;
import twister.spec.ExperimentSpec;
import twister.text.VisibleText;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;
import twister.tracking.RunsTable;

/// Makes the section of an experiment from its files.
final class ExperimentSection {
  /// Rows of the leaderboard where there is no script.
  static final int ROWS = 20;

  private static final int NAMES = 10;

  private final ExperimentFolder folder;
  private final ReportOptions options;
  private final ExperimentFindings found;

  /// @throws IOException if the table of the runs cannot be read
  ExperimentSection(ExperimentFolder folder, ReportOptions options) throws IOException {
    this.folder = folder;
    this.options = options;
    RunsTable all = RunNotes.in(RunsTable.read(folder), folder);
    RunsTable runs = options.showsTest() ? all : all.without("test_loss"::equals);
    found = new ExperimentFindings(folder, runs, options.unit());
  }

  /// The section.
  ///
  /// @param id of its element
  /// @param files what stands before a run's name in the address of its folder; empty where it is
  ///   not beside the page
  /// @throws IOException if a file of the experiment cannot be read, naming it
  Section section(String id, Optional<String> files) throws IOException {
    DataTable top = found.board().table(ROWS);
    return new Section(
        id,
        VisibleText.visible(found.runs().experiment()),
        found.question(),
        found.answer(),
        found.remarks(),
        ReportCharts.of(id + "-", folder, found.runs(), found.best(), options),
        Table.of(top, found.board().legend(top), files),
        found.ranking().standings().size(),
        new SectionData(found.settings(), found.eachRun(), files),
        samples(),
        parts(),
        ExpectedFigures.of(shownRuns()),
        Origin.repeat(found.runs(), found.bestOrAny(), folder.specText().orElse("")));
  }

  /// The runs whose published figures are shown: all of a few, else the best.
  private List<RunFolder> shownRuns() {
    List<RunsTable.Row> rows = found.runs().rows();
    return rows.size() <= ROWS
        ? rows.stream().map(found::folder).toList()
        : found.best().stream().toList();
  }

  private List<Section.Samples> samples() throws IOException {
    List<Section.Samples> samples = new ArrayList<>();
    for (Picked picked : picked()) {
      Optional<RunsTable.Row> row = picked.standing.group().best(found.ranking().figure());
      if (row.isEmpty()) {
        continue;
      }
      RunFolder run = found.folder(row.get());
      Optional<ExperimentSpec> spec = run.experiment();
      if (spec.isPresent() && run.has(run.samples())) {
        samples.add(
            new Section.Samples(
                picked.which,
                found.name(picked.standing),
                row.get().text("run"),
                options
                    .unit()
                    .sentence(
                        Figures.figure(
                            options.unit().of(row.get().number(found.ranking().figure())), 4)),
                names(run, spec.get())));
      }
    }
    return samples;
  }

  private static List<String> names(RunFolder run, ExperimentSpec spec) throws IOException {
    return DrawnNames.last(
            run.samples(), spec.data().format().boundary(), spec.samples().lengthLimit())
        .stream()
        .limit(NAMES)
        .toList();
  }

  /// A setting that stands for others.
  private record Picked(String which, Standing standing) {}

  /// The best setting, that in the middle of the ranks and the worst, each once.
  private List<Picked> picked() {
    List<Standing> ranked = found.ranked();
    List<Picked> picked = new ArrayList<>();
    if (!ranked.isEmpty()) {
      picked.add(new Picked("best", ranked.getFirst()));
    }
    if (ranked.size() > 2) {
      picked.add(new Picked("median", ranked.get((ranked.size() - 1) / 2)));
    }
    if (ranked.size() > 1) {
      picked.add(new Picked("worst", ranked.getLast()));
    }
    return picked;
  }

  /// The losses on the parts of the words, where they are divided.
  private List<Table> parts() {
    RunsTable runs = found.runs();
    if (found.ranked().isEmpty() || !runs.has("train_loss")) {
      return List.of();
    }
    List<String> losses =
        List.of("train_loss", "dev_loss", "test_loss").stream().filter(runs::has).toList();
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("which", "", Kind.WORD));
    columns.add(new Column("setting", "setting", Kind.WORD));
    for (String loss : losses) {
      columns.add(new Column(loss, loss.replace('_', ' '), Kind.FIGURE));
      if (options.unit().isLinear()) {
        columns.add(new Column(loss + "_ci95", "± 95 %", Kind.SPREAD));
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    for (Picked picked : picked()) {
      List<Object> row = new ArrayList<>();
      row.add(picked.which);
      row.add(found.name(picked.standing));
      losses.forEach(loss -> addLoss(row, picked.standing.group(), loss));
      rows.add(row);
    }
    return List.of(Table.of(new DataTable(columns, rows), List.of()));
  }

  private void addLoss(List<Object> row, SeedGroup group, String loss) {
    row.add(options.unit().of(group.mean(loss)));
    if (options.unit().isLinear()) {
      double half = options.unit().of(group.halfWidth(loss));
      row.add(Double.isNaN(half) ? "" : (Object) half);
    }
  }

  /// What stands before a run's name in the address of its folder; empty where the folder is not
  /// below that of the page.
  static Optional<String> files(ExperimentFolder folder, Path page) {
    Path beside = page.toAbsolutePath().normalize().resolveSibling("");
    Path runs = folder.path().toAbsolutePath().normalize();
    return Files.isDirectory(runs) && runs.startsWith(beside)
        ? Optional.of(Addresses.relative(beside.relativize(runs)))
        : Optional.empty();
  }
}
