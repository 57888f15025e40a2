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
  /// The bits of an exponent, all of which are set where a float is infinite or not a number.
  private static final int EXPONENT = 0x7f800000;

  private static final int LOWEST_OF_EXPONENT = 0x00800000;

  private final MemorySegment numbers;
  private final Layout layout;
  private final Terms terms;
  private final int steps;

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
  public record Terms(int examples, int weights, double[] l2) {
    /// Those of some runs.
    public static Terms of(int examples, int weights, List<RunConfig> runs) {
      return new Terms(examples, weights, runs.stream().mapToDouble(RunConfig::l2).toArray());
    }

    /// The same over another number of examples.
    public Terms over(int otherExamples) {
      return new Terms(otherExamples, weights, l2);
    }
  }

  /// @param numbers floats, of the steps one after the other; there may be more of them
  public FloatLosses(MemorySegment numbers, Layout layout, Terms terms, int steps) {
    this.numbers = numbers.asSlice(0, (long) Float.BYTES * steps * layout.step());
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
  public double l2Term(int step, int run) {
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
      sum += numbers.getAtIndex(ValueLayout.JAVA_FLOAT, place + (long) i * layout.part);
    }
    return sum;
  }

  /// {@inheritDoc}
  ///
  /// Sums of finite numbers are finite here, and numbers are looked at many at a time. Only where
  /// one of them is not, which may be one that no loss is made of, each loss has to be asked.
  @Override
  public boolean areFinite() {
    return (areNumbersFinite() && areStrengthsModerate()) || StepLosses.super.areFinite();
  }

  /// A sum that reaches the sign where an exponent is full: a loop of nothing but such operations
  /// is compiled to vector instructions, one that ends early is not.
  private boolean areNumbersFinite() {
    int carry = 0;
    for (long i = 0; i < (long) steps * layout.step; i++) {
      carry |= (numbers.getAtIndex(ValueLayout.JAVA_INT, i) & EXPONENT) + LOWEST_OF_EXPONENT;
    }
    return carry >= 0;
  }

  private boolean areStrengthsModerate() {
    return Arrays.stream(terms.l2).max().orElse(0) < Float.MAX_VALUE;
  }

  @Override
  public FloatLosses kept() {
    float[] copy = numbers.toArray(ValueLayout.JAVA_FLOAT);
    return new FloatLosses(MemorySegment.ofArray(copy), layout, terms, steps);
  }
}
