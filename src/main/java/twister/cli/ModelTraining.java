package twister.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import twister.backend.Profile;
import twister.backend.RunConfig;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.data.Contexts;
import twister.data.NgramCounts;
import twister.model.CountsModel;
import twister.model.ProbabilityTable;
import twister.report.Progress;
import twister.spec.ExperimentSpec;
import twister.spec.ModelSpec;
import twister.spec.SamplesSpec;
import twister.spec.TrainingSpec;
import twister.tracking.MetricsWriter;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.tracking.RunTables;
import twister.training.NgramWords;
import twister.training.Score;
import twister.training.Trainable;
import twister.training.Trainer;
import twister.training.WordModel;

/// The training of a run's model: from its first weights to the files that it leaves.
final class ModelTraining {
  private final Inputs inputs;
  private final ExperimentSpec spec;
  private final Contexts contexts;
  private final NgramCounts counts;
  private final Devices.Choice choice;
  private final RunFolder folder;
  private final ExperimentRun.Options options;
  private final Interruption interruption;

  /// @param counts those of the inputs
  ModelTraining(
      Inputs inputs,
      NgramCounts counts,
      Devices.Choice choice,
      RunFolder folder,
      ExperimentRun.Options options,
      Interruption interruption) {
    this.inputs = inputs;
    this.counts = counts;
    this.choice = choice;
    this.folder = folder;
    this.options = options;
    this.interruption = interruption;
    spec = inputs.spec();
    contexts = inputs.ngrams().contexts();
  }

  /// Trains the model, or counts it, and keeps what it is.
  ///
  /// @param run as it began
  /// @return the run as it ended
  RunRecord trained(RunRecord run) throws IOException {
    return switch (spec.model()) {
      case ModelSpec.Counts(double smoothing) -> counted(run, smoothing);
      case ModelSpec.Softmax softmax -> trained(run, trainable(softmax));
      case ModelSpec.Mlp mlp ->
          trained(
              run,
              new Trainable.Mlp(
                  mlp, training(), inputs.splits().train(), contexts.vocabulary()));
    };
  }

  private TrainingSpec training() {
    return spec.training().orElseThrow();
  }

  private Trainable.Softmax trainable(ModelSpec.Softmax softmax) {
    return new Trainable.Softmax(softmax, training(), inputs.ngrams());
  }

  private RunRecord counted(RunRecord run, double smoothing) throws IOException {
    ProbabilityTable table = CountsModel.probabilities(counts, smoothing);
    NgramWords model = new NgramWords(contexts, table);
    double loss = Score.of(counts, table).nll();
    RunTables.writeClosedForm(folder.metrics(), loss);
    keep(table);
    Map<String, Double> splits;
    try (SampleSets samples = sampleSets();
        SplitLosses evaluation = splitLosses()) {
      samples.draw(0, model);
      splits = evaluation.evaluateLast(0, loss, model);
    }
    return run.ended(
        RunStatus.FINISHED,
        outcome(0, new Trainer.Result(Trainer.Ending.FINISHED, 0, loss, loss), splits));
  }

  private SampleSets sampleSets() throws IOException {
    return new SampleSets(spec.samples(), contexts.vocabulary(), folder.samples());
  }

  private SplitLosses splitLosses() throws IOException {
    return new SplitLosses(inputs.splits(), folder.evaluation());
  }

  private RunRecord trained(RunRecord run, Trainable trainable) throws IOException {
    Optional<Profile> profile = options.profile() ? Optional.of(new Profile()) : Optional.empty();
    List<RunConfig> configs = List.of(trainable.config());
    try (TrainingSession session =
            choice.backend().open(choice.device(), trainable.problem(), configs, profile);
        SampleSets samples = sampleSets();
        SplitLosses evaluation = splitLosses()) {
      long start = System.nanoTime();
      Trainer.Result result = train(session, trainable, samples, evaluation);
      double seconds = (System.nanoTime() - start) / 1e9;
      Map<String, Double> splits = Map.of();
      if (result.ending() == Trainer.Ending.FINISHED) {
        double[] weights = session.weights(0);
        WordModel model = trainable.model(weights);
        keep(trainable, weights);
        samples.draw(training().steps() - 1, model);
        splits = evaluation.evaluateLast(training().steps() - 1, result.nll(), model);
      }
      if (profile.isPresent()) {
        keep(profile.get());
      }
      return run.ended(status(result.ending()), outcome(seconds, result, splits));
    }
  }

  private void keep(Trainable trainable, double[] weights) throws IOException {
    switch (trainable) {
      case Trainable.Softmax softmax -> {
        RunTables.writeWeights(folder.weights(), contexts, weights);
        keep(softmax.model(weights).table());
      }
      case Trainable.Mlp mlp -> {
        RunTables.writeParameters(folder.weights(), mlp.shape(), weights);
        RunTables.writeNgrams(folder.ngrams(), contexts, counts);
      }
    }
  }

  private void keep(Profile profile) throws IOException {
    if (profile.launches() == 0) {
      System.err.println(
          "twister: --profile is for other devices than %s".formatted(choice.device().index()));
      return;
    }
    RunTables.writeProfile(folder.profile(), profile);
  }

  private Trainer.Result train(
      TrainingSession session,
      Trainable trainable,
      SampleSets samples,
      SplitLosses evaluation)
      throws IOException {
    int steps = training().steps();
    int interval = evaluation.interval(steps);
    int every = spec.samples().along().map(SamplesSpec.Along::every).orElse(steps);
    Progress progress = new Progress(System.err, options.progress(), steps);
    try (MetricsWriter metrics = new MetricsWriter(folder.metrics(), training().learningRate())) {
      Trainer.Observer observer =
          new Trainer.Observer() {
            @Override
            public void losses(int from, int[] counts, StepLosses losses) throws IOException {
              metrics.append(from, counts[0], losses);
              progress.at(from + counts[0], losses.loss(counts[0] - 1, 0));
            }

            @Override
            public void weights(int step, int run, double[] weights) throws IOException {
              WordModel model = trainable.model(weights);
              if (spec.samples().along().isPresent() && step % every == 0) {
                samples.draw(step, model);
              }
              if (step % interval == 0) {
                evaluation.evaluate(step, model);
              }
            }

            @Override
            public boolean isStopWanted() {
              return interruption.isWished();
            }
          };
      OptionalInt shown = OptionalInt.of(greatestCommonDivisor(every, interval));
      return Trainer.train(session, 1, steps, shown, observer).getFirst();
    } finally {
      progress.end();
    }
  }

  private static int greatestCommonDivisor(int a, int b) {
    return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).intValueExact();
  }

  private void keep(ProbabilityTable model) throws IOException {
    if (spec.data().isOfBigrams()) {
      RunTables.writeBigrams(folder.bigrams(), contexts, counts, model);
    } else {
      RunTables.writeNgrams(folder.ngrams(), contexts, counts, model);
    }
  }

  private static RunStatus status(Trainer.Ending ending) {
    return switch (ending) {
      case FINISHED -> RunStatus.FINISHED;
      case DIVERGED -> RunStatus.DIVERGED;
      case INTERRUPTED -> RunStatus.INTERRUPTED;
    };
  }

  private static RunRecord.Outcome outcome(
      double seconds, Trainer.Result result, Map<String, Double> splits) {
    String message =
        switch (result.ending()) {
          case FINISHED -> "";
          case DIVERGED -> "the loss at step %,d is not a finite number".formatted(result.steps());
          case INTERRUPTED -> "interrupted before step %,d".formatted(result.steps());
        };
    return new RunRecord.Outcome(
        Instant.now(), seconds, result.steps(), result.loss(), result.nll(), splits, message);
  }
}
