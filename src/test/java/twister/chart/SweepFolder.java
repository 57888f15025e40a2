package twister.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunsOfTests;
import twister.tracking.RunsTable;

/// Writes the files of sweeps that were never trained.
final class SweepFolder {
  static final String RATE = "training.learning-rate";
  static final String L2 = "training.l2";
  static final String SEED = "model.init.seed";

  private final Path folder;
  private final List<Run> runs = new ArrayList<>();

  private record Run(String status, Map<String, String> settings, String loss, double[] losses) {}

  SweepFolder(Path folder) {
    this.folder = folder;
  }

  /// Adds a run that finished after three steps.
  ///
  /// @param settings keys and values by turns
  SweepFolder add(double loss, Object... settings) {
    return add("finished", loss, new double[] {loss + 1, loss + 0.5, loss + 0.1}, settings);
  }

  /// Adds a run whose loss exploded in its second step.
  SweepFolder addDiverged(Object... settings) {
    return add("diverged", Double.NaN, new double[] {3.7, 4e9, Double.NaN}, settings);
  }

  SweepFolder add(String status, double loss, double[] losses, Object... settings) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i].toString(), settings[i + 1].toString());
    }
    runs.add(new Run(status, map, Double.toString(loss), losses));
    return this;
  }

  /// Writes runs.csv and each run's metrics.csv.
  void write() throws IOException {
    writeTable();
    for (int i = 0; i < runs.size(); i++) {
      Path run = Files.createDirectories(folder.resolve("run" + i));
      StringBuilder metrics = new StringBuilder("step,loss,nll,learning_rate\n");
      double[] losses = runs.get(i).losses();
      for (int step = 0; step < losses.length; step++) {
        metrics.append(step + "," + losses[step] + "," + losses[step] + ",1.0\n");
      }
      Files.writeString(run.resolve("metrics.csv"), metrics);
    }
  }

  /// Writes runs.csv and reads it again.
  SweepTable table() throws IOException {
    writeTable();
    return table(folder);
  }

  private void writeTable() throws IOException {
    Set<String> keys = new LinkedHashSet<>();
    runs.forEach(run -> keys.addAll(run.settings().keySet()));
    StringBuilder rows =
        new StringBuilder("run,status,started,training_seconds,device,data_sha256");
    keys.forEach(key -> rows.append(',').append(key));
    rows.append(",steps,uniform_loss,lowest_loss,loss,nll\n");
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      String id = "run" + i;
      rows.append(id).append(',').append(run.status()).append(",2026-11-23,0.1,cpu,00");
      keys.forEach(key -> rows.append(",\"" + run.settings().getOrDefault(key, "") + '"'));
      int steps = run.status().equals("diverged") ? run.losses().length - 1 : run.losses().length;
      rows.append("," + steps + ",3.295836866004329,2.4540144891548725,")
          .append(run.loss() + "," + run.loss() + "\n");
    }
    RunsOfTests.write(folder, rows.toString());
  }

  /// The runs of a folder, as those of an experiment without a name.
  static RunsTable runs(Path folder) throws IOException {
    RunsTable runs = RunsTable.read(new ExperimentFolder(folder));
    return new RunsTable("", runs.columns(), runs.rows());
  }

  /// What charts make of them.
  static SweepTable table(Path folder) throws IOException {
    return SweepTable.of(runs(folder));
  }

  Path chart(String name) {
    return folder.resolve("charts").resolve(name);
  }

  SvgFile svg(String name) throws Exception {
    return SvgFile.read(chart(name + ".svg"));
  }

  /// What a caption says, its sentences without full stops.
  List<String> caption(String name) throws IOException {
    return Files.readAllLines(chart(name + ".txt")).stream()
        .map(line -> line.replaceFirst("\\.$", ""))
        .toList();
  }

  /// The texts of a chart and the sentences of its caption.
  List<String> said(String name) throws Exception {
    return Stream.concat(svg(name).texts().stream(), caption(name).stream()).toList();
  }

  /// The names of all charts, without their endings, sorted.
  Set<String> charts() throws IOException {
    try (var files = Files.list(folder.resolve("charts"))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.(png|svg|txt)$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
