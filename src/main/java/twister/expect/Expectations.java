package twister.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The figures that an experiment expects, beside those that a run found.
///
/// @param rows one for each figure, or for figures of a kind such as the losses
public record Expectations(List<Row> rows) {
  public Expectations {
    rows = List.copyOf(rows);
  }

  /// Those of a run that failed and found nothing.
  public static Expectations ofFailure(String name) {
    return new Expectations(List.of(Row.exact("run of " + name, "finished", "failed")));
  }

  /// A figure, or several of a kind.
  ///
  /// @param figure what it is, in words
  /// @param published as expected
  /// @param measured as found
  /// @param difference the largest; 0 for text that is equal, NaN for text that is not
  /// @param allowed how large it may be
  /// @param misses a line for each of several figures that is too far off
  public record Row(
      String figure,
      String published,
      String measured,
      double difference,
      double allowed,
      List<String> misses) {
    public Row {
      misses = List.copyOf(misses);
    }

    /// A single number; infinities are met by themselves.
    public static Row number(String figure, double published, double measured, double allowed) {
      return new Row(
          figure,
          text(published),
          text(measured),
          difference(published, measured),
          allowed,
          List.of());
    }

    /// A whole number that is met by itself alone.
    public static Row whole(String figure, long published, long measured) {
      return new Row(
          figure,
          Long.toString(published),
          Long.toString(measured),
          Math.abs((double) measured - published),
          0,
          List.of());
    }

    /// Text that is met by itself alone.
    public static Row exact(String figure, Object published, Object measured) {
      return new Row(
          figure,
          published.toString(),
          measured.toString(),
          published.equals(measured) ? 0 : Double.NaN,
          0,
          List.of());
    }

    static double difference(double published, double measured) {
      return published == measured ? 0 : Math.abs(measured - published);
    }

    /// Whether what was measured is near enough to what was published.
    public boolean isMet() {
      return difference <= allowed;
    }

    /// The figure in a sentence, with a line for each of several that is too far off.
    public String line() {
      String distance =
          Double.isNaN(difference)
              ? "not equal"
              : "difference %s, allowed %s".formatted(brief(difference), brief(allowed));
      String line = "%s: %s (%s)".formatted(figure, isMet() ? "met" : "NOT MET", distance);
      return isMet()
          ? line
          : misses.isEmpty()
              ? line + "; published " + published + ", measured " + measured
              : misses.stream()
                  .collect(Collectors.joining("\n              ", line + "\n              ", ""));
    }

    private static String brief(double value) {
      return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
    }
  }

  /// A number with at most nine digits that count.
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "none" : value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size >= 1e9 || (size < 1e-3 && size > 0)) {
      return String.format(Locale.ROOT, "%.6e", value);
    }
    return String.format(Locale.ROOT, size >= 1000 ? "%.2f" : "%.8f", value)
        .replaceAll("0+$", "")
        .replaceAll("\\.$", "");
  }

  /// Whether every figure is near enough to the expected one.
  public boolean areMet() {
    return rows.stream().allMatch(Row::isMet);
  }

  /// A line for each figure.
  public String text() {
    List<String> lines = new ArrayList<>();
    rows.forEach(row -> lines.add(row.line()));
    return String.join("\n            ", lines);
  }
}
