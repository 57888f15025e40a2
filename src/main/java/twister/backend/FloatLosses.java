package twister.backend;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/// Losses in single precision where a device left them, as partial sums, which become numbers when
/// somebody asks.
///
/// They lie where the session keeps them, until its next call, or are a copy.
public final class FloatLosses implements StepLosses {
  /// As long as the two sums of a loss in double precision.
  private static final int FLOATS_OF_SUMS = 4;

  private final Numbers numbers;
  private final Layout layout;
  private final Terms terms;
  private final int steps;

  /// Floats, wherever they are.
  private sealed interface Numbers {
    float at(long place);

    boolean areFinite();

    /// Those that stay as they are until the memory is used again.
    Numbers kept(LossMemory memory);
  }

  /// Those of a session.
  private record OfSession(MemorySegment segment) implements Numbers {
    @Override
    public float at(long place) {
      return segment.getAtIndex(ValueLayout.JAVA_FLOAT, place);
    }

    @Override
    public boolean areFinite() {
      return new LossMemory().keep(segment);
    }

    @Override
    public Numbers kept(LossMemory memory) {
      return new Copy(memory, memory.keep(segment));
    }
  }

  /// A copy, at which was looked as it was made.
  private record Copy(LossMemory memory, boolean areFinite) implements Numbers {
    @Override
    public float at(long place) {
      return memory.at(place);
    }

    @Override
    public Numbers kept(LossMemory other) {
      return this;
    }
  }

  /// Where the partial sums of a step and a run lie: those of the negative log likelihood, and
  /// those of the squared weights.
  ///
  /// @param step how many numbers a step has
  /// @param run how far it is from a run to the next
  /// @param part how far it is from a part to the next, of both sums
  /// @param nllParts how many parts the negative log likelihood has
  /// @param squares how far it is from the first part of the one to the first part of the other
  /// @param squaresParts how many parts the squared weights have; read only where the L2 strength
  ///   is above 0
  public record Layout(int step, int run, int part, int nllParts, int squares, int squaresParts) {}

  /// What makes losses of the sums.
  ///
  /// @param examples by which the negative log likelihood is divided; 1 where it is a mean already
  /// @param weights by which the squared weights are divided
  /// @param l2 (R), the L2 strength of each run
  /// @param largestL2 of them
  public record Terms(int examples, int weights, double[] l2, double largestL2) {
    /// Those of runs with some L2 strengths.
    public Terms(int examples, int weights, double[] l2) {
      this(examples, weights, l2, Arrays.stream(l2).max().orElse(0));
    }

    /// Those of some runs.
    public static Terms of(int examples, int weights, List<RunConfig> runs) {
      return new Terms(examples, weights, runs.stream().mapToDouble(RunConfig::l2).toArray());
    }

    /// The same over another number of examples.
    public Terms over(int otherExamples) {
      return new Terms(otherExamples, weights, l2, largestL2);
    }
  }

  /// @param numbers floats, of the steps one after the other; there may be more of them
  public FloatLosses(MemorySegment numbers, Layout layout, Terms terms, int steps) {
    this(
        new OfSession(numbers.asSlice(0, (long) Float.BYTES * steps * layout.step())),
        layout,
        terms,
        steps);
  }

  private FloatLosses(Numbers numbers, Layout layout, Terms terms, int steps) {
    this.numbers = numbers;
    this.layout = layout;
    this.terms = terms;
    this.steps = steps;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public int runs() {
    return terms.l2.length;
  }

  @Override
  public double nll(int step, int run) {
    return sum(place(step, run), layout.nllParts) / terms.examples;
  }

  /// The part of the loss that is L2 strength times mean squared weight.
  private double l2Term(int step, int run) {
    double l2 = terms.l2[run];
    return l2 == 0
        ? 0
        : l2 * (sum(place(step, run) + layout.squares, layout.squaresParts) / terms.weights);
  }

  @Override
  public double loss(int step, int run) {
    return nll(step, run) + l2Term(step, run);
  }

  private long place(int step, int run) {
    return (long) step * layout.step + (long) run * layout.run;
  }

  /// In double precision, part after part.
  private double sum(long place, int parts) {
    double sum = 0;
    for (int i = 0; i < parts; i++) {
      sum += numbers.at(place + (long) i * layout.part);
    }
    return sum;
  }

  /// {@inheritDoc}
  ///
  /// Sums of finite numbers are finite here, and many numbers are looked at at once. Only where one
  /// of them is not, which may be one that no loss is made of, each loss has to be asked.
  @Override
  public boolean areFinite() {
    return (terms.largestL2 < Float.MAX_VALUE && numbers.areFinite())
        || StepLosses.super.areFinite();
  }

  @Override
  public FloatLosses kept(LossMemory memory) {
    return new FloatLosses(numbers.kept(memory), layout, terms, steps);
  }

  /// The same losses, which stay as they are: as floats, or as sums where those take less memory.
  public StepLosses compact() {
    return layout.step <= FLOATS_OF_SUMS * runs() ? kept() : summed();
  }

  private StepLosses summed() {
    double[] nll = new double[steps * runs()];
    double[] l2Term = new double[steps * runs()];
    for (int step = 0; step < steps; step++) {
      for (int run = 0; run < runs(); run++) {
        nll[step * runs() + run] = nll(step, run);
        l2Term[step * runs() + run] = l2Term(step, run);
      }
    }
    return StepLosses.of(steps, runs(), nll, l2Term);
  }
}
