package twister.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import twister.spec.TrainingSpec;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;

/// What a person is told about a run, before it and after it.
public final class RunSummary {
  private static final int SAMPLES_SHOWN = 5;

  private RunSummary() {}

  /// What is about to be run: the question, the data and the model.
  ///
  /// @param reason why this device, or empty
  public static String before(ExperimentSpec spec, Provenance provenance, String reason) {
    Provenance.Data data = provenance.data();
    String empty =
        data.emptyLines() == 0 ? "" : ", %,d empty lines skipped".formatted(data.emptyLines());
    String shape =
        spec.data().isOfBigrams()
            ? ""
            : " of order %d, %,d %s"
                .formatted(
                    spec.data().order(),
                    data.contexts(),
                    data.contexts() == 1 ? "context" : "contexts");
    return """
        %s: %s
          data      %s: %,d %s, %,d examples, %,d symbols%s
          model     %s%s
          device    %s: %s%s"""
        .formatted(
            spec.name(),
            spec.question(),
            data.file(),
            data.words(),
            data.words() == 1 ? "word" : "words",
            data.examples(),
            data.symbols(),
            empty,
            model(spec.model(), shape),
            spec.training().map(training -> training(training, spec.model())).orElse(""),
            provenance.device().index(),
            provenance.device().name(),
            reason.isEmpty() ? "" : " (" + reason + ")");
  }

  private static String model(ModelSpec model, String shape) {
    return switch (model) {
      case ModelSpec.Counts(double smoothing) ->
          "counts" + shape + ", closed form, smoothing " + number(smoothing);
      case ModelSpec.Softmax(InitSpec init) -> "softmax" + shape + ", seed " + init.seed();
      case ModelSpec.Mlp mlp ->
          "mlp, block size %d, embedding %d, hidden %d, seed %d"
              .formatted(mlp.blockSize(), mlp.embedding(), mlp.hidden(), mlp.init().seed());
    };
  }

  private static String training(TrainingSpec training, ModelSpec model) {
    String over =
        !(model instanceof ModelSpec.Mlp)
            ? training.path().name().toLowerCase(Locale.ROOT)
            : training.batch() == 0
                ? "every example"
                : String.format(Locale.ROOT, "batches of %,d", training.batch());
    String l2 = training.l2() == 0 ? "" : ", L2 " + number(training.l2());
    return "\n  training  %,d steps over %s, learning rate %s%s"
        .formatted(
            training.steps(),
            over,
            rate(training.learningRate()),
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
            + "  compare   %.4f uniform (ln %d), %.4f lowest possible (the counts)",
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
        : name.endsWith(".") ? name.substring(0, name.length() - 1) : name + "…";
  }

  /// Where the files of a run are, the charts among them.
  public static String files(RunFolder folder) throws IOException {
    String charts =
        Files.isDirectory(folder.charts())
            ? names(folder.charts(), ".png").collect(Collectors.joining(", ", "\n            charts/: ", " (PNG and SVG)"))
            : "";
    return names(folder.path(), "")
        .collect(Collectors.joining(", ", "  files     " + folder.path() + "/\n            ", charts));
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
