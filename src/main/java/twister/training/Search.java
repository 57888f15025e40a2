package twister.training;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.MersenneTwister;
import twister.spec.SweepMethod;

/// A search for the lowest value of a function on the unit cube, from its middle. It asks for the
/// same points in the same order whenever the values are the same.
public final class Search {
  /// How far the first points lie from the middle: a standard deviation, or the radius of a trust
  /// region.
  private static final double FIRST_STEP = 0.25;

  /// Differences of settings that do not matter.
  private static final double LAST_STEP = 1e-5;

  private Search() {}

  /// Searches.
  ///
  /// @param method CMA-ES (Hansen and Ostermeier 2001) or BOBYQA (Powell 2009), by Apache Commons
  ///   Math
  /// @param points how many to ask for, at most; fewer where the search ends by itself
  /// @param seed of CMA-ES's draws
  /// @param value of the function at a point, a finite number
  public static void minimise(
      SweepMethod method, int dimensions, int points, long seed, ToDoubleFunction<double[]> value) {
    double[] middle = filled(dimensions, 0.5);
    ObjectiveFunction objective =
        new ObjectiveFunction((MultivariateFunction) value::applyAsDouble);
    SimpleBounds bounds = new SimpleBounds(filled(dimensions, 0), filled(dimensions, 1));
    try {
      switch (method) {
        case CMA_ES ->
            new CMAESOptimizer(
                    Integer.MAX_VALUE,
                    Double.NEGATIVE_INFINITY,
                    true,
                    0,
                    0,
                    new MersenneTwister(seed),
                    false,
                    null)
                .optimize(
                    new MaxEval(points),
                    objective,
                    GoalType.MINIMIZE,
                    new InitialGuess(middle),
                    bounds,
                    new CMAESOptimizer.Sigma(filled(dimensions, FIRST_STEP)),
                    new CMAESOptimizer.PopulationSize(
                        4 + (int) Math.floor(3 * Math.log(dimensions))));
        case BOBYQA ->
            new BOBYQAOptimizer(2 * dimensions + 1, FIRST_STEP, LAST_STEP)
                .optimize(
                    new MaxEval(points),
                    objective,
                    GoalType.MINIMIZE,
                    new InitialGuess(middle),
                    bounds);
        case GRID, RANDOM, SOBOL, HALTON, SUCCESSIVE_HALVING ->
            throw new IllegalArgumentException(method + " is no search");
      }
    } catch (TooManyEvaluationsException e) {
      // That many were wanted.
    }
  }

  private static double[] filled(int dimensions, double value) {
    double[] numbers = new double[dimensions];
    Arrays.fill(numbers, value);
    return numbers;
  }
}
