package twister.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.ranking.Remarks;
import twister.text.VisibleText;
import twister.tracking.ExperimentFolder;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;

/// What a person is told about a run or a sweep after it.
public final class RunSummary {
  private static final int SAMPLES_SHOWN = 5;

  private static final int LONGEST_TEXT = 68;

  private RunSummary() {}

  /// How a run ended: its loss beside the losses to compare it with.
  public static String losses(RunRecord run) {
    Provenance.Data data = run.provenance().data();
    RunRecord.Outcome outcome = run.outcome().orElseThrow();
    String term =
        outcome.loss() == outcome.nll()
            ? ""
            : String.format(
                Locale.ROOT,
                " = NLL %s + L2 term %s",
                loss(outcome.nll()),
                loss(outcome.loss() - outcome.nll()));
    return String.format(
            Locale.ROOT,
            "  loss      %s nats per character%s%s%n"
                + "  compare   %.4f uniform (ln %,d), %.4f lowest possible (the counts)",
            loss(outcome.loss()),
            outcome.steps() == 0 ? "" : time(outcome),
            term,
            data.uniformLoss(),
            data.symbols(),
            data.lowestLoss())
        + (Remarks.isFarAboveUniform(outcome.nll(), data.uniformLoss())
            ? System.lineSeparator()
                + "  remark    far above the loss of a model that knows nothing; try a smaller"
                + " learning rate or more steps"
            : "");
  }

  /// The losses on the parts of the words.
  public static String splits(Map<String, Double> splits) {
    return splits.entrySet().stream()
        .map(split -> split.getKey() + " " + loss(split.getValue()))
        .collect(Collectors.joining(", ", "  splits    ", ""));
  }

  private static String loss(double loss) {
    return String.format(Locale.ROOT, loss < 1e6 ? "%.4f" : "%.4e", loss);
  }

  private static String time(RunRecord.Outcome outcome) {
    return String.format(
        Locale.ROOT,
        " after %,d %s in %.3f s",
        outcome.steps(),
        outcome.steps() == 1 ? "step" : "steps",
        outcome.trainingSeconds());
  }

  /// The first names of the set drawn last, or the beginning of the first piece of text.
  ///
  /// @param samples a run's `samples.csv`
  /// @param boundary as in [DrawnNames#last]
  /// @param limit as in [DrawnNames#last]
  /// @throws IOException if the file cannot be read
  public static String samples(Path samples, OptionalInt boundary, int limit) throws IOException {
    boolean areNames = boundary.isPresent();
    return DrawnNames.last(samples, boundary, limit).stream()
        .limit(areNames ? SAMPLES_SHOWN : 1)
        .map(name -> areNames ? quoted(name) : VisibleText.cut(name, LONGEST_TEXT))
        .collect(Collectors.joining(", ", "  samples   ", ""));
  }

  /// A name that could be taken for several stands in quotes.
  private static String quoted(String name) {
    return name.contains(",") || name.contains(" ") ? "\"" + name + "\"" : name;
  }

  /// Where the files of a run are, the charts among them.
  ///
  /// @throws IOException if the folder cannot be read
  public static String files(RunFolder folder) throws IOException {
    return names(folder.path(), "")
        .collect(
            Collectors.joining(
                ", ", "  files     " + folder.path() + "/\n            ", charts(folder.charts())));
  }

  /// What came of a sweep, and where its files are.
  ///
  /// @param statuses how many of its runs ended how
  /// @param best the name of the best run of the best setting, if any has a loss
  /// @throws IOException if the folder cannot be read
  public static String sweep(
      ExperimentFolder experiment, Map<RunStatus, Long> statuses, Optional<String> best)
      throws IOException {
    String ended =
        statuses.entrySet().stream()
            .map(
                entry ->
                    String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey().word()))
            .collect(Collectors.joining(", ", "  runs      ", ""));
    String lowest = best.map(run -> "\n  best      " + experiment.run(run).path() + "/").orElse("");
    return ended
        + lowest
        + names(experiment.path(), "")
            .filter(name -> !name.startsWith("."))
            .collect(
                Collectors.joining(
                    ", ",
                    "\n  files     " + experiment.path() + "/\n            ",
                    charts(experiment.path().resolve("charts"))));
  }

  private static String charts(Path folder) throws IOException {
    return Files.isDirectory(folder)
        ? names(folder, ".png")
            .collect(Collectors.joining(", ", "\n            charts/: ", " (PNG, SVG, caption)"))
        : "";
  }

  private static Stream<String> names(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList()
          .stream();
    }
  }
}
