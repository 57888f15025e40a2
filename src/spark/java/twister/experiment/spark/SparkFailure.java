package twister.experiment.spark;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why Spark could not do something, in one line.
final class SparkFailure {
  private static final Pattern LAST = Pattern.compile("most recent failure: (?:Lost task )?(.*)");

  private SparkFailure() {}

  /// What Spark says of a task that failed for good, or else the first line of what went wrong.
  static String text(Throwable problem) {
    Throwable first = problem;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String message = Objects.requireNonNullElse(first.getMessage(), first.getClass().getName());
    Matcher last = LAST.matcher(message);
    return last.find() ? last.group(1) : message.lines().findFirst().orElse(message);
  }
}
