package twister.backend.cpu;

import java.util.Arrays;
import java.util.List;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.RunState;
import twister.data.NgramCounts;

/// Some runs and some contexts of a training over the count table.
///
/// With `n` the counts, `N` their total, `m(c)` the shift of a row and `z(c)` the sum of its
/// `exp(W(c, v) - m(c))`, the part of a context in the loss is `n(c) * (m(c) + ln z(c)) - sum over
/// v of n(c, v) W(c, v)`, divided by `N`, and its gradient `(n(c) * exp(W(c, v) - m(c)) / z(c) -
/// n(c, v)) / N + 2 l2 W(c, v) / (C V)`.
///
/// The shift is what `m(c) + ln z(c)` was a step before: so a step needs no largest weight first
/// and passes over the weights once. Where `z` shows that a row has moved too far for that, the
/// row's exponentials are taken again, with its largest weight as the shift.
///
/// Exponentials and sums are always those of the present weights.
///
/// The lanes of the vector loops are (group, run, context), context fastest, so that no sum runs
/// across lanes: array i of `weights` holds symbol `i * groups + g` in its group g. Tables with few
/// contexts have 2, 4, 8 ... groups, for loops long enough to be worth vectorising; the last array
/// is shorter when the groups do not divide the symbols. How many groups there are depends on the
/// number of contexts alone, and with it the order of every sum.
///
/// Where gradients accumulate, their sum is kept as `accumulated`, and the learning rate multiplies
/// that; elsewhere it is folded into `gain` and `decay`.
final class CountsBlock {
  private static final int LANES_WORTH_A_LOOP = 100;

  /// Between this and its inverse a sum has the exponentials' full precision.
  private static final double LARGE_SUM = 50;

  private final NgramCounts table;
  private final int firstContext;
  private final int contexts;
  private final List<RunConfig> runs;
  private final int groups;

  /// The lanes of one group, (run, context).
  private final int width;

  private final double[][] weights;
  private final double[][] counts;
  private final double[][] exponentials;
  private final double[] largest;
  private final double[] sums;
  private final double[] products;
  private final double[] squares;

  /// m(c); and the same for every group.
  private final double[] shifts;

  private final double[] laneShifts;

  /// m(c) + ln z(c)
  private final double[] normalizers;

  private final double[] rowTotals;
  private final double[][] accumulated;

  /// What a weight is multiplied by in a step; where gradients accumulate, its factor in the
  /// gradient.
  private final double[] decay;

  private final double[] descent;

  /// Learning rate / N; 1 / N where gradients accumulate.
  private final double[] gain;

  /// Learning rates, where gradients accumulate.
  private final double[] laneRates;

  private final double[] upperHalf;
  private final double[] rates;
  private final boolean accumulates;

  CountsBlock(Problem.OverCounts problem, int firstContext, int endContext, List<RunConfig> runs) {
    table = problem.counts();
    accumulates = problem.accumulatesGradients();
    this.firstContext = firstContext;
    this.contexts = endContext - firstContext;
    this.runs = List.copyOf(runs);
    groups = groups(contexts, table.symbols());
    width = contexts * runs.size();
    int rows = Math.ceilDiv(table.symbols(), groups);
    weights = new double[rows][];
    counts = new double[rows][];
    exponentials = new double[rows][];
    accumulated = new double[accumulates ? rows : 0][];
    for (int row = 0; row < rows; row++) {
      int lanes = Math.min(groups, table.symbols() - row * groups) * width;
      weights[row] = new double[lanes];
      counts[row] = new double[lanes];
      exponentials[row] = new double[lanes];
      if (accumulates) {
        accumulated[row] = new double[lanes];
      }
    }
    int lanes = groups * width;
    largest = new double[lanes];
    sums = new double[lanes];
    products = new double[lanes];
    squares = new double[lanes];
    decay = new double[lanes];
    descent = new double[lanes];
    gain = new double[lanes];
    laneRates = new double[accumulates ? lanes : 0];
    upperHalf = new double[lanes / 2];
    shifts = new double[width];
    laneShifts = new double[lanes];
    normalizers = new double[width];
    rowTotals = new double[width];
    rates = new double[runs.size()];
    Arrays.fill(rates, Double.NaN);
    fill();
    sumProducts();
    normalize();
  }

  private void sumProducts() {
    Arrays.fill(products, 0);
    Arrays.fill(squares, 0);
    for (int row = 0; row < weights.length; row++) {
      Lanes.addProduct(products, counts[row], weights[row], weights[row].length);
      Lanes.addProduct(squares, weights[row], weights[row], weights[row].length);
    }
    foldGroups(products);
    foldGroups(squares);
  }

  /// The smallest power of two that makes the loops long enough, unless there are fewer symbols.
  private static int groups(int contexts, int symbols) {
    int groups = 1;
    while (groups * contexts < LANES_WORTH_A_LOOP && groups * 2 <= symbols) {
      groups *= 2;
    }
    return groups;
  }

  /// Sums over the contexts of a block.
  ///
  /// @param negativeLogLikelihood (S, R), row-major, over the examples
  /// @param squares (S, R), row-major, over the weights
  record Sums(double[] negativeLogLikelihood, double[] squares) {}

  private void fill() {
    int symbols = table.symbols();
    for (int run = 0; run < runs.size(); run++) {
      for (int c = 0; c < contexts; c++) {
        rowTotals[run * contexts + c] = table.rowTotal(firstContext + c);
      }
    }
    for (int v = 0; v < symbols; v++) {
      double[] row = weights[v / groups];
      double[] countRow = counts[v / groups];
      for (int run = 0; run < runs.size(); run++) {
        float[] initial = runs.get(run).initialWeights();
        int lane = lane(v, run, 0);
        for (int c = 0; c < contexts; c++) {
          row[lane + c] = initial[(firstContext + c) * symbols + v];
          countRow[lane + c] = table.count(firstContext + c, v);
        }
      }
    }
  }

  private int lane(int symbol, int run, int context) {
    return symbol % groups * width + run * contexts + context;
  }

  /// Trains the block.
  ///
  /// @param from the first step's number, for the learning rate
  /// @return (steps, R), before each step's update
  Sums advance(int from, int steps) {
    Sums result = new Sums(new double[steps * runs.size()], new double[steps * runs.size()]);
    for (int s = 0; s < steps; s++) {
      addLosses(result, s);
      setRates(from + s);
      update();
      normalize();
    }
    return result;
  }

  /// The sums at the present weights.
  ///
  /// @return (1, R)
  Sums evaluate() {
    Sums result = new Sums(new double[runs.size()], new double[runs.size()]);
    addLosses(result, 0);
    return result;
  }

  /// Adds the other groups to the first one: the upper half to the lower one, until one is left.
  private void foldGroups(double[] values) {
    for (int lanes = groups / 2 * width; lanes >= width; lanes = lanes / width / 2 * width) {
      System.arraycopy(values, lanes, upperHalf, 0, lanes);
      Lanes.add(values, upperHalf, lanes);
    }
  }

  private void addLosses(Sums result, int step) {
    for (int run = 0; run < runs.size(); run++) {
      double nll = 0;
      double squared = 0;
      for (int i = run * contexts; i < (run + 1) * contexts; i++) {
        nll += rowTotals[i] * normalizers[i] - products[i];
        squared += squares[i];
      }
      result.negativeLogLikelihood[step * runs.size() + run] = nll;
      result.squares[step * runs.size() + run] = squared;
    }
  }

  private void setRates(int step) {
    for (int run = 0; run < runs.size(); run++) {
      double rate = runs.get(run).learningRate().rate(step);
      if (rate != rates[run]) {
        rates[run] = rate;
        setRate(run, rate);
      }
    }
  }

  private void setRate(int run, double rate) {
    double mean = (double) table.contexts() * table.symbols();
    for (int g = 0; g < groups; g++) {
      int from = g * width + run * contexts;
      int to = from + contexts;
      if (accumulates) {
        Arrays.fill(gain, from, to, 1.0 / table.total());
        Arrays.fill(decay, from, to, 2 * runs.get(run).l2() / mean);
        Arrays.fill(laneRates, from, to, rate);
      } else {
        Arrays.fill(gain, from, to, rate / table.total());
        Arrays.fill(decay, from, to, 1 - rate * 2 * runs.get(run).l2() / mean);
      }
    }
  }

  /// A step of every weight, and the next one's exponentials with the shifts of this one.
  private void update() {
    for (int i = 0; i < width; i++) {
      descent[i] = rowTotals[i] * gain[i] / sums[i];
    }
    repeatFirstGroup(descent);
    System.arraycopy(normalizers, 0, shifts, 0, width);
    spreadShifts();
    Arrays.fill(sums, 0);
    Arrays.fill(products, 0);
    Arrays.fill(squares, 0);
    for (int row = 0; row < weights.length; row++) {
      if (accumulates) {
        descendByAccumulated(row);
      } else {
        descend(row);
      }
      Lanes.exponentials(exponentials[row], sums, weights[row], laneShifts, weights[row].length);
    }
    foldGroups(sums);
    foldGroups(products);
    foldGroups(squares);
  }

  private void descend(int row) {
    Lanes.descend(
        weights[row],
        decay,
        counts[row],
        gain,
        exponentials[row],
        descent,
        products,
        squares,
        weights[row].length);
  }

  private void descendByAccumulated(int row) {
    int lanes = weights[row].length;
    Lanes.accumulate(
        accumulated[row],
        weights[row],
        decay,
        counts[row],
        gain,
        exponentials[row],
        descent,
        lanes);
    Lanes.descend(weights[row], accumulated[row], laneRates, counts[row], products, squares, lanes);
  }

  /// Finds m + ln z of each row, with other shifts where the present ones do not serve, as before
  /// the first step.
  private void normalize() {
    if (hasMovedFar()) {
      shiftByLargest();
    }
    Lanes.logarithms(normalizers, sums, width);
    Lanes.add(normalizers, shifts, width);
  }

  private boolean hasMovedFar() {
    for (int i = 0; i < width; i++) {
      if (isFar(sums[i])) {
        return true;
      }
    }
    return false;
  }

  /// Rows without a number, whose run has diverged, are none: they take nothing from their
  /// neighbours.
  private static boolean isFar(double sum) {
    return sum < 1 / LARGE_SUM || sum > LARGE_SUM;
  }

  /// Takes the largest weights as the shifts of rows that have moved far, and all exponentials
  /// again: those of the other rows come out the same.
  private void shiftByLargest() {
    findLargest();
    for (int i = 0; i < width; i++) {
      if (isFar(sums[i])) {
        shifts[i] = largest[i];
      }
    }
    takeExponentials();
  }

  /// Takes all exponentials again, and their sums.
  private void takeExponentials() {
    spreadShifts();
    Arrays.fill(sums, 0);
    for (int row = 0; row < weights.length; row++) {
      Lanes.exponentials(exponentials[row], sums, weights[row], laneShifts, weights[row].length);
    }
    foldGroups(sums);
  }

  private void spreadShifts() {
    System.arraycopy(shifts, 0, laneShifts, 0, width);
    repeatFirstGroup(laneShifts);
  }

  /// The largest weight of each row, over its groups, for the first group.
  private void findLargest() {
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    for (double[] row : weights) {
      Lanes.raise(largest, row, row.length);
    }
    for (int lanes = groups / 2 * width; lanes >= width; lanes = lanes / width / 2 * width) {
      System.arraycopy(largest, lanes, upperHalf, 0, lanes);
      Lanes.raise(largest, upperHalf, lanes);
    }
  }

  private void repeatFirstGroup(double[] values) {
    for (int to = width; to < values.length; to += width) {
      System.arraycopy(values, 0, values, to, width);
    }
  }

  /// Goes on from other weights than the first ones.
  ///
  /// @param states of the runs
  void resume(List<RunState> states) {
    for (int run = 0; run < states.size(); run++) {
      RunState state = states.get(run);
      for (int c = 0; c < contexts; c++) {
        // Without a shift the row counts as one that has moved far, which gets one.
        shifts[run * contexts + c] =
            state.shifts().length == 0 ? Double.MAX_VALUE : state.shifts()[firstContext + c];
      }
      copy(state.weights(), weights, run);
      if (accumulates) {
        copy(state.gradients(), accumulated, run);
      }
    }
    sumProducts();
    takeExponentials();
    normalize();
  }

  /// @param from (C, V), row-major, of which this block's contexts are read
  private void copy(double[] from, double[][] to, int run) {
    for (int v = 0; v < table.symbols(); v++) {
      int lane = lane(v, run, 0);
      for (int c = 0; c < contexts; c++) {
        to[v / groups][lane + c] = from[(firstContext + c) * table.symbols() + v];
      }
    }
  }

  /// Copies what else the rest of a run depends on to its places.
  void copyState(int run, RunState target) {
    System.arraycopy(shifts, run * contexts, target.shifts(), firstContext, contexts);
    if (accumulates) {
      copy(accumulated, run, target.gradients());
    }
  }

  /// Copies the weights of one run to their places.
  ///
  /// @param target (C, V), row-major, of which this block's contexts are written
  void copyWeights(int run, double[] target) {
    copy(weights, run, target);
  }

  private void copy(double[][] from, int run, double[] target) {
    for (int c = 0; c < contexts; c++) {
      for (int v = 0; v < table.symbols(); v++) {
        target[(firstContext + c) * table.symbols() + v] = from[v / groups][lane(v, run, c)];
      }
    }
  }
}
