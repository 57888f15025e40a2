package twister.spec;

import java.util.Optional;
import java.util.TreeMap;

/// An experiment: one question and everything needed to answer it again.
///
/// @param name the experiment's folder below the results folder
/// @param question what the experiment asks, in a sentence; empty where it does not say it
/// @param training how the model is trained; present exactly when the model has weights to train
/// @param device what it is trained on
/// @param charts which charts are drawn, and how they look
public record ExperimentSpec(
    String name,
    String question,
    DataSpec data,
    ModelSpec model,
    Optional<TrainingSpec> training,
    DeviceSpec device,
    SamplesSpec samples,
    ChartsSpec charts,
    ExpectSpec expect) {

  public ExperimentSpec {
    if (!FolderName.isOfExperiment(name)) {
      throw new IllegalArgumentException("name: expected the name of a folder, got " + name);
    }
    if (training.isPresent() == (model instanceof ModelSpec.Counts)) {
      throw new IllegalArgumentException("training belongs to every model but the counts");
    }
    if (samples.along().isPresent() && training.isEmpty()) {
      throw new IllegalArgumentException("samples: expected none during a training, there is none");
    }
  }

  /// Its name and its question, for a heading.
  public String title() {
    return question.isEmpty() ? name : name + ": " + question;
  }

  /// The same experiment with a training of another length.
  public ExperimentSpec withSteps(int steps) {
    return new ExperimentSpec(
        name,
        question,
        data,
        model,
        training.map(spec -> spec.withSteps(steps)),
        device,
        samples,
        charts,
        expect);
  }

  /// The same experiment with other charts.
  public ExperimentSpec withCharts(ChartsSpec others) {
    return new ExperimentSpec(
        name, question, data, model, training, device, samples, others, expect);
  }

  /// The same experiment, of which nothing is expected.
  public ExperimentSpec withoutExpectations() {
    return new ExperimentSpec(
        name,
        question,
        data,
        model,
        training,
        device,
        samples,
        charts,
        new ExpectSpec(new TreeMap<>(), 0));
  }

  /// The same experiment with other words.
  ExperimentSpec withData(DataSpec other) {
    return new ExperimentSpec(
        name, question, other, model, training, device, samples, charts, expect);
  }

  /// The same experiment from another seed of the initial weights.
  public ExperimentSpec withSeed(long seed) {
    return new ExperimentSpec(
        name, question, data, model.withSeed(seed), training, device, samples, charts, expect);
  }
}
