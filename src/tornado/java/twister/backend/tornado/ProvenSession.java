package twister.backend.tornado;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.RunState;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.backend.cpu.CpuBackend;

/// A session that is believed after its first losses were those of the processor.
///
/// [DeviceProgram] proves launches, and copies of what stays as it is. Weights, and the sums of
/// gradients, are copied once, when the session begins, and change on the device: they are proven
/// here, for a copy that the driver refuses is reported by nobody. The loss of the first step takes
/// the weights; that of the second one, of whichever call, takes what the first step did.
final class ProvenSession implements TrainingSession {
  /// Relative, and absolute below 1: single precision is a hundred times closer, and what another
  /// array holds is not this close.
  private static final double TOLERANCE = 1e-3;

  /// Learning rates up to which a rounding error of the first gradient does not show in the second
  /// loss.
  private static final double MODERATE_RATE = 100;

  private static final double MODERATE_RATE_OF_PERCEPTRONS = 1;

  private static final int LOSSES = 2;

  private final Device device;
  private final Problem problem;
  private final List<RunConfig> runs;
  private final TrainingSession session;

  /// How many losses of the training were compared, two at most.
  private int compared;

  private final Set<Integer> released = new HashSet<>();

  /// Where the session began, and from what; empty where that was the beginning.
  private int firstStep;

  private List<RunState> resumed = List.of();

  /// @param session that has not trained yet
  ProvenSession(Device device, Problem problem, List<RunConfig> runs, TrainingSession session) {
    this.device = device;
    this.problem = problem;
    this.runs = List.copyOf(runs);
    this.session = session;
  }

  @Override
  public StepLosses advance(int steps) {
    StepLosses losses = session.advance(steps);
    int more = Math.min(LOSSES - compared, steps);
    if (more > 0) {
      int from = compared;
      prove(losses, from, judge -> judge.advance(from + more));
      compared += more;
    }
    return losses;
  }

  /// Compares the first and the last run.
  ///
  /// @param from how many of the processor's losses are those of steps before
  /// @param judging what the processor is asked for
  private void prove(StepLosses losses, int from, Function<TrainingSession, StepLosses> judging) {
    List<Integer> chosen =
        IntStream.of(0, runs.size() - 1)
            .distinct()
            .filter(run -> !released.contains(run))
            .boxed()
            .toList();
    if (chosen.isEmpty()) {
      return;
    }
    CpuBackend cpu = new CpuBackend();
    try (TrainingSession judge =
        cpu.open(cpu.devices().getFirst(), problem, chosen.stream().map(runs::get).toList())) {
      if (!resumed.isEmpty()) {
        judge.resume(firstStep, chosen.stream().map(resumed::get).toList());
      }
      StepLosses expected = judging.apply(judge);
      for (int i = 0; i < chosen.size(); i++) {
        int run = chosen.get(i);
        int steps = isModerate(runs.get(run)) ? expected.steps() : 1;
        for (int step = from; step < steps; step++) {
          check(firstStep + step, expected.loss(step, i), losses.loss(step - from, run));
        }
      }
    }
  }

  private boolean isModerate(RunConfig run) {
    double most =
        problem instanceof Problem.OverBlocks ? MODERATE_RATE_OF_PERCEPTRONS : MODERATE_RATE;
    return run.learningRate().rate(firstStep) <= most;
  }

  private void check(int step, double expected, double loss) {
    boolean isInSinglePrecision = Math.abs(expected) < Float.MAX_VALUE / 2;
    boolean isClose = Math.abs(loss - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
    if (isInSinglePrecision && !isClose) {
      throw new DeviceException(
          "%s (%s) computes the loss %s at step %d, the processor %s: a copy to the device failed,"
                  .formatted(device.index(), device.name(), loss, step, expected)
              + " see the driver's messages above, if any, or the device computes wrongly");
    }
  }

  @Override
  public StepLosses evaluate() {
    StepLosses losses = session.evaluate();
    if (compared == 0) {
      prove(losses, 0, TrainingSession::evaluate);
    }
    return losses;
  }

  @Override
  public double[] weights(int run) {
    return session.weights(run);
  }

  @Override
  public boolean areWeightsAtHand() {
    return false;
  }

  @Override
  public RunState state(int run) {
    return session.state(run);
  }

  @Override
  public void resume(int step, List<RunState> states) {
    session.resume(step, states);
    firstStep = step;
    resumed = List.copyOf(states);
  }

  @Override
  public void release(int run) {
    session.release(run);
    released.add(run);
  }

  @Override
  public void close() {
    session.close();
  }
}
