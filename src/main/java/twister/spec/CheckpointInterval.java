package twister.spec;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much time of a training is lost at most when its process is killed, as users write it:
/// `60s`.
///
/// @param seconds above 0; infinite where there are no checkpoints
public record CheckpointInterval(double seconds) {
  /// A minute.
  public static final CheckpointInterval DEFAULT = new CheckpointInterval(60);

  /// No checkpoints.
  public static final CheckpointInterval NONE = new CheckpointInterval(Double.POSITIVE_INFINITY);

  /// What can be written.
  public static final String ALLOWED = "a time above 0, such as 60s, 5m or 1h, or none";

  static final Pattern FORM = Pattern.compile("none|([0-9]+(?:\\.[0-9]+)?) ?(s|m|h)");

  public CheckpointInterval {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds: expected a number above 0, got " + seconds);
    }
  }

  /// Reads an interval; empty where the text is none, see [#ALLOWED].
  public static Optional<CheckpointInterval> of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    if (matcher.group(1) == null) {
      return Optional.of(NONE);
    }
    double unit =
        switch (matcher.group(2)) {
          case "m" -> 60;
          case "h" -> 3600;
          default -> 1;
        };
    double seconds = Double.parseDouble(matcher.group(1)) * unit;
    return seconds > 0 && Double.isFinite(seconds)
        ? Optional.of(new CheckpointInterval(seconds))
        : Optional.empty();
  }

  /// As [#of] reads it.
  public String text() {
    return equals(NONE)
        ? "none"
        : BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString() + "s";
  }
}
