package twister.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.math3.random.HaltonSequenceGenerator;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.RandomVectorGenerator;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/// Points of the unit cube at which a sweep looks: more of them begin with the same ones.
final class UnitCubePoints {
  private UnitCubePoints() {}

  /// The first points of a sequence, or of a search the middle of the cube.
  ///
  /// @param seed of random points; Sobol and Halton points are shifted by a random vector, modulo
  ///   1, where it is given (Cranley and Patterson 1976)
  static List<double[]> of(SweepMethod method, int dimensions, OptionalLong seed, int count) {
    RandomGenerator random = new MersenneTwister(seed.orElse(0));
    RandomVectorGenerator points =
        switch (method) {
          case RANDOM, SUCCESSIVE_HALVING -> () -> uniform(random, dimensions);
          case SOBOL -> new SobolSequenceGenerator(dimensions);
          case HALTON -> new HaltonSequenceGenerator(dimensions);
          case GRID, CMA_ES, BOBYQA -> () -> middle(dimensions);
        };
    boolean shifts =
        seed.isPresent() && (method == SweepMethod.SOBOL || method == SweepMethod.HALTON);
    double[] shift = shifts ? uniform(random, dimensions) : new double[dimensions];
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] point = points.nextVector();
      for (int d = 0; d < dimensions; d++) {
        point[d] = (point[d] + shift[d]) % 1;
      }
      all.add(point);
    }
    return all;
  }

  private static double[] uniform(RandomGenerator random, int dimensions) {
    double[] point = new double[dimensions];
    Arrays.setAll(point, _ -> random.nextDouble());
    return point;
  }

  private static double[] middle(int dimensions) {
    double[] point = new double[dimensions];
    Arrays.fill(point, 0.5);
    return point;
  }
}
