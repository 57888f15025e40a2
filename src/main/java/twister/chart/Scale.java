package twister.chart;

/// How an axis spreads its values.
enum Scale {
  LINEAR {
    @Override
    double position(double value) {
      return value;
    }

    @Override
    double value(double position) {
      return position;
    }
  },
  LOGARITHMIC {
    @Override
    double position(double value) {
      return Math.log10(value);
    }

    @Override
    double value(double position) {
      return Math.pow(10, position);
    }
  };

  abstract double position(double value);

  abstract double value(double position);
}
