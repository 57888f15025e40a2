package twister.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.spec.DataSpec;
import twister.spec.ExperimentSpec;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.spec.ModelSpec;
import twister.spec.StopSpec;
import twister.spec.Sweep;
import twister.spec.TrainingSpec;
import twister.text.PlainNumber;
import twister.tracking.Provenance;

/// What a person is told before a run or a sweep: the question, the data, the model, and what
/// varies.
public final class RunHeader {
  private RunHeader() {}

  /// What is about to be run: the question, the data and the model.
  ///
  /// @param devices what it is trained on, in words
  public static String text(ExperimentSpec spec, Provenance provenance, String devices) {
    return text(spec, Set.of(), provenance, devices);
  }

  /// What is about to be run: the question, the data, the model, and what varies.
  ///
  /// @param runs how many there are
  /// @param done how many of them need not be trained
  /// @param provenance of the first of them
  /// @param devices what they are trained on, in words
  public static String text(
      Sweep sweep, int runs, int done, Provenance provenance, String devices) {
    String kept = done == 0 ? "" : String.format(Locale.ROOT, ", %,d of them trained before", done);
    return "%s%n  sweep     %s: %,d %s%s"
        .formatted(
            text(sweep.first(), Set.copyOf(sweep.keys()), provenance, devices),
            sweep.text(),
            runs,
            runs == 1 ? "run" : "runs",
            kept);
  }

  private static String text(
      ExperimentSpec spec, Set<String> varying, Provenance provenance, String devices) {
    Provenance.Data data = provenance.data();
    return """
    %s
      data      %s
      model     %s%s
      device    %s\
    """
        .formatted(
            spec.title(),
            words(spec.data(), data, varying),
            varying.contains("model.kind")
                ? "kind varies"
                : model(spec.model(), shape(spec.data(), data, varying), varying),
            spec.training().map(training -> training(training, spec.model(), varying)).orElse(""),
            devices);
  }

  private static boolean isOfOneData(Set<String> varying) {
    return Stream.of(
            "data.file",
            "data.url",
            "data.kind",
            "data.column",
            "data.boundary",
            "data.words",
            "data.split")
        .noneMatch(key -> varies(key, varying));
  }

  /// The words; their numbers only where all runs have the same.
  private static String words(DataSpec spec, Provenance.Data data, Set<String> varying) {
    if (!isOfOneData(varying)) {
      return (varies("data.file", varying) || varies("data.url", varying)
              ? "file varies"
              : data.file())
          + (varies("data.kind", varying) ? ", kind varies" : "")
          + (varies("data.column", varying) ? ", column varies" : "")
          + (varies("data.boundary", varying) ? ", boundary varies" : "")
          + (varies("data.words", varying) ? ", words vary" : "")
          + (varies("data.split", varying) ? ", split varies" : "");
    }
    String lines = data.emptyLines() == 1 ? "line" : "lines";
    String empty =
        data.emptyLines() == 0 ? "" : ", %,d empty %s skipped".formatted(data.emptyLines(), lines);
    String words = "%,d %s".formatted(data.words(), data.words() == 1 ? "word" : "words");
    return "%s: %s, %,d examples%s, %,d %s%s"
        .formatted(
            data.file(),
            spec.format().isText() ? "a text" : words,
            data.examples(),
            spec.split().isPresent() ? " to learn from" : "",
            data.symbols(),
            data.symbols() == 1 ? "symbol" : "symbols",
            empty);
  }

  private static String shape(DataSpec spec, Provenance.Data data, Set<String> varying) {
    if (varying.contains("data.order")) {
      return ", order varies";
    }
    if (spec.isOfBigrams()) {
      return "";
    }
    String contexts =
        ", %,d %s".formatted(data.contexts(), data.contexts() == 1 ? "context" : "contexts");
    return " of order " + spec.order() + (isOfOneData(varying) ? contexts : "");
  }

  /// A value, or that it varies.
  private static Object value(String key, Object value, Set<String> varying) {
    return varies(key, varying) ? "varies" : value;
  }

  private static boolean varies(String key, Set<String> varying) {
    return varying.stream().anyMatch(name -> name.equals(key) || name.startsWith(key + "."));
  }

  private static String model(ModelSpec model, String shape, Set<String> varying) {
    return switch (model) {
      case ModelSpec.Counts(double smoothing) ->
          "counts"
              + shape
              + ", closed form, smoothing "
              + value("model.smoothing", PlainNumber.of(smoothing), varying);
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

  private static String training(TrainingSpec training, ModelSpec model, Set<String> varying) {
    String steps =
        varies("training.steps", varying)
            ? ""
            : String.format(Locale.ROOT, "%,d steps ", training.steps());
    List<String> parts = new ArrayList<>(List.of((steps + over(training, model, varying)).strip()));
    parts.add(varies("training.steps", varying) ? "steps vary" : "");
    parts.add(varies("training.path", varying) ? "path varies" : "");
    parts.add(varies("training.batch", varying) ? "batch varies" : "");
    parts.add(
        "learning rate " + value("training.learning-rate", rate(training.learningRate()), varying));
    boolean hasL2 = training.l2() != 0 || varies("training.l2", varying);
    parts.add(hasL2 ? "L2 " + value("training.l2", PlainNumber.of(training.l2()), varying) : "");
    parts.add(training.accumulatesGradients() ? "gradients accumulate" : "");
    parts.add(
        varies("training.stop", varying)
            ? "stop varies"
            : training.stop().map(RunHeader::stop).orElse(""));
    return parts.stream()
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", ", "\n  training  ", ""));
  }

  /// When a training ends before its last step: `stops at a dev loss of 2.46 or 50 steps after the
  /// lowest, looked at every 10 steps`.
  public static String stop(StopSpec stop) {
    String loss = stop.loss().name().toLowerCase(Locale.ROOT) + " loss";
    String target =
        stop.target().isPresent()
            ? "at a %s of %s".formatted(loss, PlainNumber.of(stop.target().getAsDouble()))
            : "";
    String patience =
        stop.patience().isPresent()
            ? String.format(
                Locale.ROOT,
                "%,d steps after the lowest%s",
                stop.patience().getAsInt(),
                target.isEmpty() ? " " + loss : "")
            : "";
    String both =
        Stream.of(target, patience)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" or "));
    return "stops " + both + String.format(Locale.ROOT, ", looked at every %,d", stop.every());
  }

  /// What an update learns from; nothing where that varies.
  private static String over(TrainingSpec training, ModelSpec model, Set<String> varying) {
    if (varies("training.path", varying) || varies("training.batch", varying)) {
      return "";
    }
    if (!(model instanceof ModelSpec.Mlp)) {
      return "over " + training.path().name().toLowerCase(Locale.ROOT);
    }
    return training.batch() == 0
        ? "over every example"
        : String.format(Locale.ROOT, "over batches of %,d", training.batch());
  }

  private static String rate(LearningRate rate) {
    return switch (rate) {
      case LearningRate.Phases(var phases) -> rate(phases);
      case LearningRate.RangeTest test ->
          "%s to %s (%s range test)"
              .formatted(
                  PlainNumber.of(test.first()),
                  PlainNumber.of(test.last()),
                  test.spread().name().toLowerCase(Locale.ROOT));
    };
  }

  private static String rate(List<LearningRate.Phase> phases) {
    StringBuilder text = new StringBuilder();
    for (LearningRate.Phase phase : phases.subList(0, phases.size() - 1)) {
      text.append(
          "%s until step %,d, then ".formatted(PlainNumber.of(phase.rate()), phase.until()));
    }
    text.append(PlainNumber.of(phases.getLast().rate()));
    return text.toString();
  }
}
