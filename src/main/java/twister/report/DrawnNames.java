package twister.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import twister.text.VisibleText;
import twister.tracking.Samples;

/// What was drawn from a model, as people read it.
public final class DrawnNames {
  /// In columns of a terminal.
  private static final int LONGEST = 24;

  private DrawnNames() {}

  /// The set drawn last: names without the boundaries that end them, an ellipsis after those that
  /// have none; or pieces of text, each in one line.
  ///
  /// @param samples a run's `samples.csv`
  /// @param boundary as a code point; none of a text
  /// @param limit how many symbols a name has at most, and a piece of text in whole
  /// @throws IOException if the file cannot be read
  public static List<String> last(Path samples, OptionalInt boundary, int limit)
      throws IOException {
    List<Samples> sets = Samples.read(samples);
    List<String> names = sets.isEmpty() ? List.of() : sets.getLast().names();
    return names.stream()
        .map(
            name ->
                boundary.isPresent()
                    ? name(name, Character.toString(boundary.getAsInt()))
                    : VisibleText.visible(text(name, limit)))
        .toList();
  }

  private static String text(String text, int length) {
    return text.codePointCount(0, text.length()) < length ? text + "…" : text;
  }

  private static String name(String name, String boundary) {
    return name.equals(boundary)
        ? "(empty)"
        : VisibleText.cut(
            name.endsWith(boundary)
                ? name.substring(0, name.length() - boundary.length())
                : name + "…",
            LONGEST);
  }
}
