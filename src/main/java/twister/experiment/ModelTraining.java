package twister.experiment;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import twister.backend.Profile;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.model.CountsModel;
import twister.model.ProbabilityTable;
import twister.spec.ModelSpec;
import twister.spec.StopSpec;
import twister.spec.TrainingSpec;
import twister.tracking.Checkpoint;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.tracking.RunTables;
import twister.training.EarlyStop;
import twister.training.NgramWords;
import twister.training.RunProgress;
import twister.training.Score;
import twister.training.Trainable;
import twister.training.Trainer;

/// The training of models in lockstep: from their first weights to the files that they leave.
public final class ModelTraining {
  private final List<Run> runs;
  private final Devices.Choice choice;
  private final boolean profiles;
  private final Watch watch;
  private final ExperimentListener listener;

  /// A run to be trained.
  ///
  /// @param record as it began
  /// @param folder where its files go, which is there
  /// @param isInFull whether it leaves the model itself and every loss, too
  /// @param from where it goes on; empty where it begins
  record Run(
      RunInputs inputs,
      RunRecord record,
      RunFolder folder,
      boolean isInFull,
      Optional<Checkpoint> from) {
    /// A run that begins.
    Run(RunInputs inputs, RunRecord record, RunFolder folder, boolean isInFull) {
      this(inputs, record, folder, isInFull, Optional.empty());
    }

    TrainingSpec training() {
      return inputs.spec().training().orElseThrow();
    }

    /// What the rest of it must have in common with what came before a checkpoint.
    String origin() {
      return Checkpoints.origin(record, inputs.spec().samples(), isInFull);
    }

    /// The same run, which goes on.
    Run from(Checkpoint checkpoint) {
      return new Run(
          inputs, record.since(checkpoint.started()), folder, isInFull, Optional.of(checkpoint));
    }

    /// The loss that may end it early, in words.
    private String judged() {
      return inputs
          .spec()
          .training()
          .flatMap(TrainingSpec::stop)
          .filter(stop -> stop.loss() == StopSpec.Loss.DEV)
          .map(stop -> "the loss on the dev words")
          .orElse("the loss");
    }
  }

  /// Who is told how the training goes.
  @FunctionalInterface
  public interface Watch {
    /// Takes note of where it is.
    ///
    /// @param steps how many are trained
    /// @param lowest the latest loss, the lowest one of the runs, in nats per character
    void at(int steps, double lowest);
  }

  /// @param runs that a session can train together: they differ in nothing but what [RunConfig]
  ///   holds, and in what they go on from; all after equally many steps
  /// @param profiles whether the device's times are taken, of a single run
  public ModelTraining(
      List<Run> runs,
      Devices.Choice choice,
      boolean profiles,
      Watch watch,
      ExperimentListener listener) {
    this.runs = List.copyOf(runs);
    this.choice = choice;
    this.profiles = profiles;
    this.watch = watch;
    this.listener = listener;
  }

  /// Trains the models, or counts them, and keeps what they are.
  ///
  /// @return the runs as they ended, which is not written yet
  /// @throws IOException if a file of a run cannot be written
  public List<RunRecord> trained() throws IOException {
    return runs.getFirst().inputs().spec().model() instanceof ModelSpec.Counts
        ? counted()
        : trainedTogether();
  }

  private List<RunRecord> counted() throws IOException {
    RunRecord[] ended = new RunRecord[runs.size()];
    Parallel.forEach(runs.size(), number -> ended[number] = counted(runs.get(number)));
    return List.of(ended);
  }

  private static RunRecord counted(Run run) throws IOException {
    double smoothing = ((ModelSpec.Counts) run.inputs().spec().model()).smoothing();
    ProbabilityTable table = new CountsModel(run.inputs().counts(), smoothing);
    NgramWords model = new NgramWords(run.inputs().ngrams().contexts(), table);
    double loss = Score.of(run.inputs().counts(), table).nll();
    RunTables.writeClosedForm(run.folder().metrics(), loss);
    if (run.isInFull()) {
      ModelFiles.write(run, table);
    }
    Map<String, Double> splits;
    try (RunLog log = new RunLog(run)) {
      splits = log.last(0, loss, model);
    }
    return run.record()
        .ended(
            RunStatus.FINISHED, new RunRecord.Outcome(Instant.now(), 0, 0, loss, loss, splits, ""));
  }

  private List<RunRecord> trainedTogether() throws IOException {
    Optional<Profile> profile = profiles ? Optional.of(new Profile()) : Optional.empty();
    List<Trainable> trainables = runs.stream().map(run -> run.inputs().trainable()).toList();
    try (RunLogs logs = new RunLogs();
        TrainingSession session =
            choice
                .backend()
                .open(
                    choice.device(),
                    trainables.getFirst().problem(),
                    Trainable.configs(trainables),
                    profile)) {
      logs.open(runs);
      Checkpoints checkpoints = new Checkpoints(runs, logs, listener);
      List<Trainer.Result> results = train(session, trainables, logs, checkpoints);
      double[] seconds =
          IntStream.range(0, runs.size()).mapToDouble(checkpoints::seconds).toArray();
      learn(results, Arrays.stream(seconds).sum());
      List<Optional<Ended>> models = new ArrayList<>();
      for (int number = 0; number < runs.size(); number++) {
        models.add(
            results.get(number).ending().isGood()
                ? Optional.of(Ended.of(results.get(number), session, number))
                : Optional.empty());
      }
      RunRecord[] ended = new RunRecord[runs.size()];
      Parallel.forEach(
          runs.size(),
          number -> {
            Trainer.Result result = results.get(number);
            Run run = runs.get(number);
            double took = seconds[number];
            Trainable trainable = trainables.get(number);
            RunRecord.Outcome outcome =
                models.get(number).isPresent()
                    ? finish(run, trainable, models.get(number).get(), logs.get(number), took)
                    : outcome(result, took);
            logs.close(number);
            ended[number] = run.record().ended(status(result.ending()), outcome);
          });
      if (profile.isPresent()) {
        keep(profile.get());
      }
      return List.of(ended);
    }
  }

  /// Learns about the device from runs that were trained to the last step.
  private void learn(List<Trainer.Result> results, double seconds) {
    boolean isWhole =
        !profiles
            && runs.stream().allMatch(run -> run.from().isEmpty())
            && results.stream().allMatch(run -> run.ending() == Trainer.Ending.FINISHED);
    if (isWhole) {
      RunInputs inputs = runs.getFirst().inputs();
      int symbols = inputs.trainable().problem().symbols();
      inputs.work().ifPresent(work -> choice.learn(work.ofRuns(runs.size()), symbols, seconds));
    }
  }

  private List<Trainer.Result> train(
      TrainingSession session, List<Trainable> trainables, RunLogs logs, Checkpoints checkpoints)
      throws IOException {
    int steps = runs.getFirst().training().steps();
    Trainer.Observer observer =
        new Trainer.Observer() {
          @Override
          public void losses(int from, int[] counts, StepLosses losses) throws IOException {
            Parallel.forEach(
                counts.length, run -> logs.get(run).losses(from, counts[run], losses, run));
            int most = Arrays.stream(counts).max().orElse(0);
            watch.at(from + most, lowest(counts, losses));
          }

          @Override
          public boolean wantsWeights(int step, int run) {
            return logs.get(run).wantsModel(step);
          }

          @Override
          public void weights(int step, int run, double[] weights) throws IOException {
            logs.get(run).model(step, trainables.get(run).model(weights));
          }

          @Override
          public double devLoss(int run) {
            return logs.get(run).devLoss();
          }

          @Override
          public boolean wantsProgress(boolean isLast) {
            return checkpoints.areWanted(isLast);
          }

          @Override
          public void progress(List<RunProgress> progress) throws IOException {
            checkpoints.write(progress);
          }

          @Override
          public boolean isStopWanted() {
            return listener.isStopWanted();
          }
        };
    List<Optional<EarlyStop>> stops =
        runs.stream().map(run -> EarlyStop.of(run.training())).toList();
    List<RunProgress> from =
        runs.stream().flatMap(run -> run.from().stream()).map(Checkpoint::progress).toList();
    if (!from.isEmpty()) {
      listener.goesOn(from.getFirst().steps());
    }
    return Trainer.train(session, stops, steps, logs.interval(), from, observer);
  }

  /// The lowest of the latest losses.
  private static double lowest(int[] counts, StepLosses losses) {
    double lowest = Double.NaN;
    for (int run = 0; run < counts.length; run++) {
      if (counts[run] > 0) {
        double loss = losses.loss(counts[run] - 1, run);
        lowest = loss >= lowest ? lowest : loss;
      }
    }
    return lowest;
  }

  /// The model that a run ends with.
  ///
  /// @param steps how many updates its weights have had
  /// @param isLast whether the run was trained no further
  private record Ended(Trainer.Result result, int steps, double[] weights, boolean isLast) {
    static Ended of(Trainer.Result result, TrainingSession session, int number) {
      return result
          .best()
          .map(
              best ->
                  new Ended(
                      result, best.step() + 1, best.weights(), best.step() + 1 == result.steps()))
          .orElseGet(() -> new Ended(result, result.steps(), session.weights(number), true));
    }
  }

  private static RunRecord.Outcome finish(
      Run run, Trainable trainable, Ended model, RunLog log, double seconds) throws IOException {
    if (run.isInFull()) {
      ModelFiles.write(run, trainable, model.weights());
    }
    Trainer.Result result = model.result();
    double nll = model.isLast() ? result.nll() : trainable.nll(model.weights());
    double loss = model.isLast() ? result.loss() : nll + trainable.l2Term(model.weights());
    Map<String, Double> splits = log.last(model.steps() - 1, nll, trainable.model(model.weights()));
    return new RunRecord.Outcome(
        Instant.now(), seconds, model.steps(), loss, nll, splits, message(run, model));
  }

  private static String message(Run run, Ended model) {
    int last = model.result().steps() - 1;
    String end =
        switch (model.result().ending()) {
          case TARGET_REACHED ->
              "stopped after step %,d, as %s is as low as wanted".formatted(last, run.judged());
          case PATIENCE_LOST ->
              "stopped after step %,d, as %s does not get lower".formatted(last, run.judged());
          case FINISHED, DIVERGED, INTERRUPTED -> "";
        };
    if (model.isLast()) {
      return end;
    }
    EarlyStop.Look best = model.result().best().orElseThrow();
    String kept =
        "the weights after step %,d are kept, where %s was lowest, %.4f"
            .formatted(best.step(), run.judged(), best.loss());
    return end.isEmpty() ? kept : end + "; " + kept;
  }

  private void keep(Profile profile) throws IOException {
    if (profile.launches() == 0) {
      listener.profileMissing(choice.device());
      return;
    }
    RunTables.writeProfile(runs.getFirst().folder().profile(), profile);
  }

  private static RunStatus status(Trainer.Ending ending) {
    return switch (ending) {
      case FINISHED, TARGET_REACHED, PATIENCE_LOST -> RunStatus.FINISHED;
      case DIVERGED -> RunStatus.DIVERGED;
      case INTERRUPTED -> RunStatus.INTERRUPTED;
    };
  }

  /// What came of a run that has no model.
  private static RunRecord.Outcome outcome(Trainer.Result result, double seconds) {
    String message =
        result.ending() == Trainer.Ending.DIVERGED
            ? "the loss at step %,d is not a finite number".formatted(result.steps())
            : "interrupted before step %,d".formatted(result.steps());
    return new RunRecord.Outcome(
        Instant.now(), seconds, result.steps(), result.loss(), result.nll(), Map.of(), message);
  }
}
