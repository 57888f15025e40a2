package twister.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The learning rate of each step of a training.
public sealed interface LearningRate {

  /// The rate used by the update of `step`, which counts from 0.
  double rate(int step);

  /// The same rates as phases, in order of time; the last one holds to the end of the training, and
  /// says so by the greatest number.
  List<Phase> phases();

  /// The same rate at every step.
  static LearningRate constant(double rate) {
    return new Phases(List.of(new Phase(Integer.MAX_VALUE, rate)));
  }

  /// A span of steps with one rate.
  ///
  /// @param until the first step after this phase
  /// @param rate finite and above 0
  record Phase(int until, double rate) {
    public Phase {
      checkRate("rate", rate);
    }
  }

  /// Constant in phases, of which a constant rate has one.
  ///
  /// @param phases in order of time; the last one holds to the end of the training, whatever its
  ///   `until` said, and says so by the greatest number
  record Phases(List<Phase> phases) implements LearningRate {
    public Phases {
      if (phases.isEmpty()) {
        throw new IllegalArgumentException("learning rate: expected at least one phase, got none");
      }
      List<Phase> lasting = new ArrayList<>(phases);
      lasting.add(new Phase(Integer.MAX_VALUE, lasting.removeLast().rate()));
      phases = List.copyOf(lasting);
      for (int i = 0, before = 0; i < phases.size() - 1; i++) {
        int until = phases.get(i).until();
        if (until <= before) {
          throw new IllegalArgumentException(
              "until: expected more than " + before + ", got " + until);
        }
        before = until;
      }
    }

    @Override
    public double rate(int step) {
      int i = 0;
      while (i < phases.size() - 1 && step >= phases.get(i).until()) {
        i++;
      }
      return phases.get(i).rate();
    }
  }

  /// A rate that grows from step to step, so that one training shows which rates a model stands:
  /// the learning rate range test of L. N. Smith ("Cyclical Learning Rates for Training Neural
  /// Networks", 2017, section 3.3), there linear. The logarithmic one is that of A. Karpathy's
  /// makemore, part 2, `10 ** torch.linspace(-3, 0, 1000)`.
  ///
  /// @param first the rate of step 0, finite and above 0
  /// @param last the rate of the last step, and of any after it; finite and above `first`
  /// @param steps of the training, from 1 to [#MOST_STEPS]
  record RangeTest(Spacing spread, double first, double last, int steps) implements LearningRate {
    /// The longest range test: as every step has a rate of its own, devices keep a table of them.
    public static final int MOST_STEPS = 1_000_000;

    public RangeTest {
      checkRate("first", first);
      checkRate("last", last);
      if (last <= first) {
        throw new IllegalArgumentException("last: expected more than " + first + ", got " + last);
      }
      if (steps < 1 || steps > MOST_STEPS) {
        throw new IllegalArgumentException(
            "steps: expected a whole number from 1 to " + MOST_STEPS + ", got " + steps);
      }
    }

    /// The same bits on every machine, and exactly `first` and `last` at the ends.
    @Override
    public double rate(int step) {
      if (step == 0) {
        return first;
      }
      if (step >= steps - 1) {
        return last;
      }
      double part = (double) step / (steps - 1);
      double rate =
          switch (spread) {
            case LOG -> {
              double low = StrictMath.log(first);
              yield StrictMath.exp(low + (StrictMath.log(last) - low) * part);
            }
            case LINEAR -> first + (last - first) * part;
          };
      return Math.clamp(rate, first, last);
    }

    /// One phase for each step.
    @Override
    public List<Phase> phases() {
      return IntStream.range(0, steps)
          .mapToObj(step -> new Phase(step == steps - 1 ? Integer.MAX_VALUE : step + 1, rate(step)))
          .toList();
    }
  }

  private static void checkRate(String name, double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(name + ": expected a number above 0, got " + rate);
    }
  }
}
