package twister.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import twister.backend.FloatLosses;
import twister.backend.LossMemory;
import twister.backend.StepLosses;

/// Losses of all steps and runs that were asked for, which a device computes in one launch or in
/// several. Those of one launch stay where they are; those of several would overwrite each other,
/// and are copied as they are, launch after launch.
final class JoinedLosses {
  private final int steps;
  private final int runs;
  private final List<Group> groups = new ArrayList<>();
  private boolean isWhole;

  /// The losses of some runs that are launched together, of several launches.
  ///
  /// @param first of the runs
  /// @param launches their losses, of one launch after the other
  /// @param firstSteps (S), of the launch that each step is of
  /// @param launchOf (S), the number of that launch
  private record Group(int first, List<StepLosses> launches, int[] firstSteps, int[] launchOf) {
    void add(int step, StepLosses losses) {
      for (int i = step; i < step + losses.steps(); i++) {
        firstSteps[i] = step;
        launchOf[i] = launches.size();
      }
      launches.add(losses);
    }

    double nll(int step, int run) {
      return launches.get(launchOf[step]).nll(step - firstSteps[step], run - first);
    }

    double loss(int step, int run) {
      return launches.get(launchOf[step]).loss(step - firstSteps[step], run - first);
    }
  }

  /// Those of groups of equally many runs, but for the last one.
  private record Joined(int steps, int runs, int runsOfGroup, List<Group> groups)
      implements StepLosses {
    @Override
    public double nll(int step, int run) {
      return groups.get(run / runsOfGroup).nll(step, run);
    }

    @Override
    public double loss(int step, int run) {
      return groups.get(run / runsOfGroup).loss(step, run);
    }

    @Override
    public boolean areFinite() {
      return groups.stream()
          .flatMap(group -> group.launches.stream())
          .allMatch(StepLosses::areFinite);
    }

    @Override
    public StepLosses kept(LossMemory memory) {
      return this;
    }
  }

  JoinedLosses(int steps, int runs) {
    this.steps = steps;
    this.runs = runs;
  }

  /// Adds losses of some of the steps and runs: of one group after the other, of each one step
  /// after the other.
  ///
  /// @param step the first of them
  /// @param run the first of them
  void add(int step, int run, FloatLosses part) {
    isWhole = part.steps() == steps && part.runs() == runs;
    if (groups.isEmpty() || groups.getLast().first != run) {
      groups.add(new Group(run, new ArrayList<>(), new int[steps], new int[steps]));
    }
    groups.getLast().add(step, isWhole ? part : part.compact());
  }

  /// All of them.
  StepLosses all() {
    if (groups.isEmpty()) {
      return StepLosses.of(0, runs, new double[0], new double[0]);
    }
    Group first = groups.getFirst();
    StepLosses launch = first.launches.getFirst();
    return isWhole ? launch : new Joined(steps, runs, launch.runs(), List.copyOf(groups));
  }
}
