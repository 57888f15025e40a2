package twister.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import twister.yaml.Place;
import twister.yaml.YamlValue;

/// A key that a sweep varies, with the values that it takes.
sealed interface SweepAxis {

  /// The full key, such as `training.l2`.
  String path();

  /// How many values it takes in a grid.
  int count();

  /// The value with a number from 0, in a grid.
  YamlValue value(int index);

  /// The value at a part of the way from the first one, 0, to the last one, 1.
  YamlValue at(double part);

  /// The same axis, of whole numbers only where it is a range.
  SweepAxis ofWholeNumbers();

  /// Values one by one.
  record Values(String path, List<YamlValue> values) implements SweepAxis {
    public Values {
      values = List.copyOf(values);
    }

    @Override
    public int count() {
      return values.size();
    }

    @Override
    public YamlValue value(int index) {
      return values.get(index);
    }

    @Override
    public YamlValue at(double part) {
      return values.get(Math.min((int) (part * values.size()), values.size() - 1));
    }

    @Override
    public SweepAxis ofWholeNumbers() {
      return this;
    }
  }

  /// All numbers between two.
  ///
  /// @param count how many of them a grid takes, evenly spaced and both ends among them; 0 outside
  ///   of grids
  /// @param whole whether only whole numbers count
  record Range(String path, RangeDecoder.Ends ends, int count, boolean whole, Place place)
      implements SweepAxis {
    /// How many values a range has that is not of a grid, for their digits.
    private static final int MANY = 1000;

    private static final int LEAST_DIGITS = 6;
    private static final int MOST_DIGITS = 15;

    @Override
    public YamlValue value(int index) {
      double part = (double) index / (count - 1);
      return whole ? whole(ends.first(), ends.last(), part) : real(part);
    }

    @Override
    public YamlValue at(double part) {
      // Half a step beyond the ends, so that they are drawn as often as the numbers between them.
      return whole
          ? whole(Math.round(ends.first()) - 0.5, Math.round(ends.last()) + 0.5, part)
          : real(part);
    }

    /// The nearest whole number to the value at a part of the way between two.
    private YamlValue whole(double from, double to, double part) {
      long nearest = Math.round(between(from, to, part));
      long inside = Math.clamp(nearest, Math.round(ends.first()), Math.round(ends.last()));
      return new YamlValue.Numeral(place, Long.toString(inside));
    }

    /// The same digits on every machine, and no more of them than people can read, unless the
    /// values lie closer than that: 0.1 to 100 in four points has no 9.999999999999998.
    private YamlValue real(double part) {
      double value = between(ends.first(), ends.last(), part);
      double rounded = new BigDecimal(value).round(digits()).doubleValue();
      return new YamlValue.Numeral(
          place, Double.toString(Math.clamp(rounded, ends.first(), ends.last())));
    }

    private double between(double from, double to, double part) {
      return switch (ends.spread()) {
        case LOG -> {
          double low = StrictMath.log(from);
          yield StrictMath.exp(low + (StrictMath.log(to) - low) * part);
        }
        case LINEAR -> from + (to - from) * part;
      };
    }

    private MathContext digits() {
      double largest = Math.max(Math.abs(ends.first()), Math.abs(ends.last()));
      double step = (ends.last() - ends.first()) / (count == 0 ? MANY : count);
      int resolved = (int) Math.ceil(StrictMath.log10(largest / step)) + 3;
      return new MathContext(
          Math.clamp(resolved, LEAST_DIGITS, MOST_DIGITS), RoundingMode.HALF_EVEN);
    }

    @Override
    public SweepAxis ofWholeNumbers() {
      return new Range(path, ends, count, true, place);
    }
  }
}
