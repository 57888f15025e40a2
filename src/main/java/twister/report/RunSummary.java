package twister.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import twister.chart.LearningRateRange;
import twister.spec.ExperimentSpec;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.spec.ModelSpec;
import twister.spec.Sweep;
import twister.spec.TrainingSpec;
import twister.tracking.ExperimentFolder;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;

/// What a person is told about a run, before it and after it.
public final class RunSummary {
  private static final int SAMPLES_SHOWN = 5;

  /// In columns of a terminal.
  private static final int LONGEST_SAMPLE = 24;

  private RunSummary() {}

  /// What is about to be run: the question, the data and the model.
  ///
  /// @param reason why this device, or empty
  public static String before(ExperimentSpec spec, Provenance provenance, String reason) {
    return before(spec, Set.of(), provenance, reason);
  }

  /// What is about to be run: the question, the data, the model, and what varies.
  ///
  /// @param runs how many there are
  /// @param done how many of them need not be trained
  /// @param provenance of the first of them
  /// @param reason why this device, or empty
  public static String before(
      Sweep sweep, int runs, int done, Provenance provenance, String reason) {
    String kept = done == 0 ? "" : String.format(Locale.ROOT, ", %,d of them are there", done);
    return "%s%n  sweep     %s: %,d %s%s"
        .formatted(
            before(sweep.first(), Set.copyOf(sweep.keys()), provenance, reason),
            sweep.text(),
            runs,
            runs == 1 ? "run" : "runs",
            kept);
  }

  private static String before(
      ExperimentSpec spec, Set<String> varying, Provenance provenance, String reason) {
    Provenance.Data data = provenance.data();
    String empty =
        data.emptyLines() == 0 ? "" : ", %,d empty lines skipped".formatted(data.emptyLines());
    String shape =
        spec.data().isOfBigrams() && !varying.contains("data.order")
            ? ""
            : " of order %s, %,d %s"
                .formatted(
                    value("data.order", spec.data().order(), varying),
                    data.contexts(),
                    data.contexts() == 1 ? "context" : "contexts");
    return """
        %s: %s
          data      %s: %,d %s, %,d examples%s, %,d symbols%s
          model     %s%s
          device    %s: %s%s"""
        .formatted(
            spec.name(),
            spec.question(),
            value("data.file", data.file(), varying),
            data.words(),
            data.words() == 1 ? "word" : "words",
            data.examples(),
            spec.data().split().isPresent() ? " to learn from" : "",
            data.symbols(),
            empty,
            model(spec.model(), shape, varying),
            spec.training()
                .map(training -> training(training, spec.model(), varying))
                .orElse(""),
            provenance.device().index(),
            provenance.device().name(),
            reason.isEmpty() ? "" : " (" + reason + ")");
  }

  /// A value, or that it varies.
  private static Object value(String key, Object value, Set<String> varying) {
    boolean varies = varying.stream().anyMatch(name -> name.equals(key) || name.startsWith(key + "."));
    return varies ? "varies" : value;
  }

  private static String model(ModelSpec model, String shape, Set<String> varying) {
    return switch (model) {
      case ModelSpec.Counts(double smoothing) ->
          "counts"
              + shape
              + ", closed form, smoothing "
              + value("model.smoothing", number(smoothing), varying);
      case ModelSpec.Softmax(InitSpec init) ->
          "softmax" + shape + ", seed " + value("model.init.seed", init.seed(), varying);
      case ModelSpec.Mlp mlp ->
          "mlp, block size %s, embedding %s, hidden %s, seed %s"
              .formatted(
                  value("model.block-size", mlp.blockSize(), varying),
                  value("model.embedding", mlp.embedding(), varying),
                  value("model.hidden", mlp.hidden(), varying),
                  value("model.init.seed", mlp.init().seed(), varying));
    };
  }

  private static String training(
      TrainingSpec training, ModelSpec model, Set<String> varying) {
    boolean isMlp = model instanceof ModelSpec.Mlp;
    boolean isBatchSwept = varying.contains("training.batch");
    Object over =
        !isMlp
            ? value(
                "training.path", training.path().name().toLowerCase(Locale.ROOT), varying)
            : training.batch() == 0 && !isBatchSwept
                ? "every example"
                : "batches of "
                    + value(
                        "training.batch",
                        String.format(Locale.ROOT, "%,d", training.batch()),
                        varying);
    boolean hasL2 = training.l2() != 0 || varying.contains("training.l2");
    String l2 = hasL2 ? ", L2 " + value("training.l2", number(training.l2()), varying) : "";
    return "\n  training  %s steps over %s, learning rate %s%s"
        .formatted(
            value("training.steps", String.format(Locale.ROOT, "%,d", training.steps()), varying),
            over,
            value("training.learning-rate", rate(training.learningRate()), varying),
            l2 + (training.accumulatesGradients() ? ", gradients accumulate" : ""));
  }

  private static String rate(LearningRate rate) {
    return switch (rate) {
      case LearningRate.Phases(var phases) -> rate(phases);
      case LearningRate.RangeTest test ->
          "%s to %s (%s range test)"
              .formatted(
                  number(test.first()),
                  number(test.last()),
                  test.spread().name().toLowerCase(Locale.ROOT));
    };
  }

  private static String rate(List<LearningRate.Phase> phases) {
    StringBuilder text = new StringBuilder();
    for (LearningRate.Phase phase : phases.subList(0, phases.size() - 1)) {
      text.append("%s until step %,d, then ".formatted(number(phase.rate()), phase.until()));
    }
    text.append(number(phases.getLast().rate()));
    return text.toString();
  }

  /// A number as a person writes it: 50, not 50.0.
  public static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

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
        data.lowestLoss());
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

  /// The learning rates that a range test suggests.
  ///
  /// @param metrics a run's `metrics.csv`
  public static String rangeTest(Path metrics) throws IOException {
    return "  rates     " + LearningRateRange.suggestion(metrics).text();
  }

  /// The first names of the set drawn last, without the boundaries that end them.
  ///
  /// @param samples a run's `samples.csv`
  public static String samples(Path samples) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader text = Files.newBufferedReader(samples);
        CSVParser rows = format.parse(text)) {
      String step = "";
      List<String> names = new ArrayList<>();
      for (CSVRecord row : rows) {
        if (!row.get("step").equals(step)) {
          step = row.get("step");
          names.clear();
        }
        if (names.size() < SAMPLES_SHOWN) {
          names.add(spoken(row.get("name")));
        }
      }
      return "  samples   " + String.join(", ", names);
    }
  }

  private static String spoken(String name) {
    return name.equals(".")
        ? "(empty)"
        : Letters.cut(
            name.endsWith(".") ? name.substring(0, name.length() - 1) : name + "…", LONGEST_SAMPLE);
  }

  /// Where the files of a run are, the charts among them.
  public static String files(RunFolder folder) throws IOException {
    return names(folder.path(), "")
        .collect(
            Collectors.joining(
                ", ",
                "  files     " + folder.path() + "/\n            ",
                charts(folder.charts())));
  }

  /// What came of a sweep, and where its files are.
  ///
  /// @param statuses how many of its runs ended how
  /// @param best the name of the run with the lowest loss, if any has one
  public static String sweep(
      ExperimentFolder experiment, Map<RunStatus, Long> statuses, Optional<String> best)
      throws IOException {
    String ended =
        statuses.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey().word()))
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
            .collect(Collectors.joining(", ", "\n            charts/: ", " (PNG and SVG)"))
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
