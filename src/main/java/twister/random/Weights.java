package twister.random;

/// The weights of the classes a draw chooses from, (V), checked; their sum need not be 1.
final class Weights {
  private final float[] values;

  /// Takes the weights as they are, without a copy.
  ///
  /// @throws IllegalArgumentException where PyTorch refuses: a weight that is negative, NaN or
  ///   infinite, or no weight above zero
  Weights(float[] values) {
    float largest = 0;
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "probabilities: expected finite numbers from 0, got " + values[i] + " for class " + i);
      }
      largest = Math.max(largest, values[i]);
    }
    if (largest == 0) {
      throw new IllegalArgumentException(
          "probabilities: expected at least one above 0, got none among " + values.length);
    }
    this.values = values;
  }

  /// The number of classes, V.
  int size() {
    return values.length;
  }

  /// The class that wins the exponential race: the largest `weight / time`, the first of equals.
  ///
  /// A class that arrives after an Exp(1) time divided by its weight is the first of all with
  /// probability weight / sum. Classes of weight zero do not take part: PyTorch lets them, and
  /// would draw one on a time of exactly 0, once in 2^53 draws.
  ///
  /// @param times (V), Exp(1) numbers, from 0
  int winner(float[] times) {
    int winner = -1;
    float best = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0 && values[i] / times[i] > best) {
        winner = i;
        best = values[i] / times[i];
      }
    }
    return winner;
  }

  /// The running sum of the weights divided by their sum, (V), in float; the last is 1.
  ///
  /// @throws IllegalArgumentException if the sum is beyond float; PyTorch then draws the last class
  ///   whatever the weights
  float[] cumulative() {
    float[] cumulative = new float[values.length];
    float sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i];
      cumulative[i] = sum;
    }
    if (sum == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("probabilities: expected a finite sum, got " + sum);
    }
    for (int i = 0; i < values.length; i++) {
      cumulative[i] /= sum;
    }
    return cumulative;
  }

  /// The first class whose cumulative weight is not below `uniform`, by binary search.
  ///
  /// A uniform number of exactly 0 is taken for the smallest above 0: PyTorch would draw class 0
  /// then, also one of weight zero.
  ///
  /// @param cumulative (V), rising to 1
  /// @param uniform in [0, 1)
  static int search(float[] cumulative, double uniform) {
    double target = Math.max(uniform, Double.MIN_VALUE);
    int low = 0;
    int high = cumulative.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] < target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
