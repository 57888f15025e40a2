package twister.spec;

import java.util.ArrayList;
import java.util.List;
import twister.yaml.ChoiceRule;
import twister.yaml.YamlFields;

/// Writes experiments as YAML that [SpecReader] reads back as the same experiment.
public final class SpecWriter {
  private SpecWriter() {}

  /// The whole experiment, with every default written out and the keys in a fixed order.
  public static String yaml(ExperimentSpec spec) {
    return fields(spec).yaml();
  }

  /// The whole experiment, bound to words: where their file is another one, it is refused.
  ///
  /// @param sha256 of the data file's bytes, 64 hexadecimal digits
  public static String yaml(ExperimentSpec spec, String sha256) {
    return yaml(spec.withData(spec.data().withSha256(sha256)));
  }

  static YamlFields fields(ExperimentSpec spec) {
    YamlFields fields = new YamlFields().put("name", spec.name());
    if (!spec.question().isEmpty()) {
      fields.put("question", spec.question());
    }
    fields.put("data", data(spec.data(), spec.model()));
    fields.put("model", model(spec.model()));
    spec.training()
        .ifPresent(
            training -> {
              YamlFields section = training(training, spec.model());
              if (!training.checkpoint().equals(CheckpointInterval.DEFAULT)) {
                section.put("checkpoint", training.checkpoint().text());
              }
              fields.put("training", section);
            });
    fields.put("samples", samples(spec.samples(), spec.data().format()));
    putDevice(fields, spec.device());
    putCharts(fields, spec.charts());
    if (!spec.expect().loss().isEmpty()) {
      fields.put("expect", expect(spec.expect()));
    }
    return fields;
  }

  /// The settings as they named a run when the names drawn from it were among them.
  public static String formerSettings(ExperimentSpec spec) {
    return settings(spec).put("samples", samples(spec.samples(), spec.data().format())).yaml();
  }

  /// What of an experiment decides its numbers, the words aside: order, model and training, in the
  /// words of [#yaml]. Equal settings on equal data give equal results; what is drawn from them, as
  /// names and charts, makes no other run.
  public static YamlFields settings(ExperimentSpec spec) {
    YamlFields fields =
        new YamlFields()
            .put("data", settings(spec.data(), spec.model()))
            .put("model", model(spec.model()));
    spec.training().ifPresent(training -> fields.put("training", training(training, spec.model())));
    return fields;
  }

  /// The section `data` of [#settings].
  static YamlFields settings(DataSpec data, ModelSpec model) {
    YamlFields fields = new YamlFields();
    putSettings(fields, data, model);
    return fields;
  }

  private static void putSettings(YamlFields fields, DataSpec data, ModelSpec model) {
    data.words().ifPresent(count -> fields.put("words", count));
    data.split().ifPresent(split -> fields.put("split", split(split, data.format())));
    putFormat(fields, data.format());
    if (!(model instanceof ModelSpec.Mlp)) {
      fields.put("order", data.order());
    }
  }

  private static YamlFields split(SplitSpec split, CorpusFormat format) {
    YamlFields fields = new YamlFields().put("train", split.train()).put("dev", split.dev());
    return format.isText()
        ? fields
        : fields
            .put("seed", split.seed())
            .put("keep-duplicates-together", split.keepsDuplicatesTogether());
  }

  /// Written only where it is not as it always was: runs keep their names.
  private static void putFormat(YamlFields fields, CorpusFormat format) {
    switch (format) {
      case CorpusFormat.Words words -> {
        words.column().ifPresent(column -> putColumn(fields, column));
        if (words.sign() != CorpusFormat.FULL_STOP) {
          fields.put("boundary", Character.toString(words.sign()));
        }
      }
      case CorpusFormat.Text _ -> fields.put("kind", CorpusFormat.Kind.TEXT);
    }
    if (format.form().normalisation() != WordForm.Normalisation.NONE) {
      fields.put("normalise", format.form().normalisation());
    }
    if (format.form().isLowerCase()) {
      fields.put("lower-case", true);
    }
  }

  private static void putColumn(YamlFields fields, TableColumn column) {
    switch (column) {
      case TableColumn.Named(String name) -> fields.put("column", name);
      case TableColumn.Numbered(int number) -> fields.put("column", number);
    }
  }

  private static void putDevice(YamlFields fields, DeviceSpec device) {
    if (device.bitstream().isEmpty() && device.config().isEmpty()) {
      fields.put("device", device.choice());
      return;
    }
    YamlFields fpga = new YamlFields().put("kind", device.choice());
    device.bitstream().ifPresent(file -> fpga.put("bitstream", file));
    device.config().ifPresent(file -> fpga.put("config", file));
    fields.put("device", fpga);
  }

  /// A list where nothing is said of the style, as ever.
  private static void putCharts(YamlFields fields, ChartsSpec charts) {
    if (charts.style().equals(ChartStyle.DEFAULT)) {
      fields.put("charts", charts.kinds());
    } else {
      fields.put(
          "charts",
          new YamlFields().put("kinds", charts.kinds()).put("style", style(charts.style())));
    }
  }

  private static YamlFields style(ChartStyle style) {
    YamlFields fields = new YamlFields();
    style.width().ifPresent(width -> fields.put("width", width.text()));
    style.height().ifPresent(height -> fields.put("height", height.text()));
    style.fontSize().ifPresent(points -> fields.put("font-size", points));
    style.font().ifPresent(font -> fields.put("font", font));
    style.colours().ifPresent(scale -> fields.put("scale", scale));
    return fields
        .put("unit", style.unit())
        .put("smooth", style.smoothing())
        .put("log-x", style.hasLogSteps())
        .put("log-y", style.hasLogLosses());
  }

  private static YamlFields data(DataSpec data, ModelSpec model) {
    YamlFields fields = new YamlFields().put(data.isRemote() ? "url" : "file", data.file());
    data.sha256().ifPresent(hash -> fields.put("sha256", hash));
    putSettings(fields, data, model);
    return fields;
  }

  /// The section `model`.
  static YamlFields model(ModelSpec model) {
    return switch (model) {
      case ModelSpec.Counts counts ->
          new YamlFields().put("kind", ModelKind.COUNTS).put("smoothing", counts.smoothing());
      case ModelSpec.Softmax softmax ->
          new YamlFields().put("kind", ModelKind.SOFTMAX).put("init", init(softmax.init()));
      case ModelSpec.Mlp mlp ->
          new YamlFields()
              .put("kind", ModelKind.MLP)
              .put("block-size", mlp.blockSize())
              .put("embedding", mlp.embedding())
              .put("hidden", mlp.hidden())
              .put("init", init(mlp.init()));
    };
  }

  private static YamlFields init(InitSpec init) {
    return new YamlFields().put("generator", init.generator()).put("seed", init.seed());
  }

  /// What of the section `training` decides numbers.
  static YamlFields training(TrainingSpec training, ModelSpec model) {
    YamlFields fields = new YamlFields().put("steps", training.steps());
    putLearningRate(fields, training.learningRate());
    fields.put("l2", training.l2());
    if (!(model instanceof ModelSpec.Mlp)) {
      fields
          .put("path", training.path())
          .put("accumulate-gradients", training.accumulatesGradients());
    } else if (training.batch() > 0) {
      fields.put("batch", training.batch()).put("batches", Generator.TORCH_CPU);
    }
    training.stop().ifPresent(stop -> fields.put("stop", stop(stop)));
    return fields;
  }

  private static YamlFields stop(StopSpec stop) {
    YamlFields fields = new YamlFields();
    stop.target().ifPresent(target -> fields.put("target", target));
    stop.patience().ifPresent(patience -> fields.put("patience", patience));
    return fields.put("every", stop.every()).put("loss", stop.loss());
  }

  private static void putLearningRate(YamlFields fields, LearningRate learningRate) {
    switch (learningRate) {
      case LearningRate.Phases(var phases) -> putPhases(fields, phases);
      case LearningRate.RangeTest test ->
          fields.put(
              "learning-rate",
              new YamlFields()
                  .put(
                      "range-test",
                      new YamlFields()
                          .putNumbers(ChoiceRule.name(test.spread()), test.first(), test.last())));
    }
  }

  private static void putPhases(YamlFields fields, List<LearningRate.Phase> phases) {
    double last = phases.getLast().rate();
    if (phases.size() == 1) {
      fields.put("learning-rate", last);
      return;
    }
    List<YamlFields> lines = new ArrayList<>();
    phases
        .subList(0, phases.size() - 1)
        .forEach(
            phase ->
                lines.add(new YamlFields().put("until", phase.until()).put("rate", phase.rate())));
    lines.add(new YamlFields().put("rate", last));
    fields.putLines("learning-rate", lines);
  }

  private static YamlFields samples(SamplesSpec samples, CorpusFormat format) {
    YamlFields fields =
        new YamlFields()
            .put("count", samples.count())
            .put("generator", samples.generator())
            .put("seed", samples.seed())
            .put(format.isText() ? "length" : "length-limit", samples.lengthLimit());
    samples.multinomial().ifPresent(rule -> fields.put("multinomial", rule));
    samples
        .along()
        .ifPresent(sets -> fields.put("every", sets.every()).put("reseed", sets.reseed()));
    return fields;
  }

  private static YamlFields expect(ExpectSpec expect) {
    YamlFields losses = new YamlFields();
    expect.loss().forEach((step, loss) -> losses.put(step.toString(), loss));
    return new YamlFields().put("loss", losses).put("within", expect.within());
  }
}
