package twister.data;

import java.util.Locale;

/// The memory that Java has, beside what something needs at its peak, roughly.
///
/// @param bytes how much is needed
public record MemoryNeed(long bytes) {

  /// Whether Java has less.
  public boolean isTooMuch() {
    return bytes > available();
  }

  /// How much is needed, how much there is, and how to have more.
  public String text() {
    return String.format(
        Locale.ROOT,
        "about %,d MB, Java has %,d; TWISTER_JAVA_OPTIONS=-Xmx%dm or more gives it more",
        bytes >> 20,
        available() >> 20,
        (bytes >> 19) + 1);
  }

  /// How much Java has, in bytes.
  public static long available() {
    return Runtime.getRuntime().maxMemory();
  }
}
