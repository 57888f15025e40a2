package twister.text;

/// Numbers as a person writes them.
public final class PlainNumber {
  private PlainNumber() {}

  /// A number with all its digits, and none that say nothing: 50, not 50.0.
  public static String of(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
