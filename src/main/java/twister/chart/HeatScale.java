package twister.chart;

import java.util.List;
import twister.spec.ColourScale;

/// How a heatmap spreads the values of its cells among its colours.
enum HeatScale {
  /// Evenly, from 0.
  LINEAR("") {
    @Override
    double share(double value, double greatest, double unit) {
      return value / greatest;
    }
  },
  /// By the square root: of small values, one sees more.
  SQUARE_ROOT("square root") {
    @Override
    double share(double value, double greatest, double unit) {
      return Math.sqrt(Math.max(0, value) / greatest);
    }
  },
  /// By the logarithm of the value and a unit, so that 0 has a place: the smallest differ most.
  LOGARITHMIC("logarithm") {
    @Override
    double share(double value, double greatest, double unit) {
      return Math.log1p(Math.max(0, value) / unit) / Math.log1p(greatest / unit);
    }

    @Override
    List<Axis.Tick> ticks(double greatest, double unit) {
      double low = Scale.LOGARITHMIC.position(unit);
      double high = Scale.LOGARITHMIC.position(greatest);
      return low < high
          ? new Axis(Scale.LOGARITHMIC, low, high, 0, 1).ticks(9, 1)
          : super.ticks(greatest, unit);
    }
  },
  /// By the square root to both sides of 0, which is white.
  DIVERGING("square root") {
    @Override
    double share(double value, double greatest, double unit) {
      return 0.5 + 0.5 * Math.signum(value) * Math.sqrt(Math.abs(value) / greatest);
    }

    @Override
    List<Axis.Tick> ticks(double greatest, double unit) {
      return new Axis(Scale.LINEAR, -greatest, greatest, 0, 1).ticks(6, unit);
    }
  };

  /// Those of values from 0 on, the mildest first.
  static final List<HeatScale> CHOICES = List.of(LINEAR, SQUARE_ROOT, LOGARITHMIC);

  private final String words;

  HeatScale(String words) {
    this.words = words;
  }

  /// The scale that a user chose.
  static HeatScale of(ColourScale chosen) {
    return switch (chosen) {
      case LINEAR -> LINEAR;
      case SQRT -> SQUARE_ROOT;
      case LOG -> LOGARITHMIC;
    };
  }

  /// Where a finite value is among the colours, from 0 to 1.
  ///
  /// @param greatest the size of the greatest value, above 0
  /// @param unit a small value, above 0
  abstract double share(double value, double greatest, double unit);

  /// Round values, multiples of the unit.
  List<Axis.Tick> ticks(double greatest, double unit) {
    return new Axis(Scale.LINEAR, 0, greatest, 0, 1).ticks(5, unit);
  }

  /// The colours.
  Shades shades() {
    return this == DIVERGING ? Shades.DIVERGING : Blues.SHADES;
  }

  /// By what the values are spread, empty if they are spread evenly.
  String words() {
    return words;
  }
}
