package twister.yaml;

import java.util.OptionalInt;

/// One thing wrong with what a user gave, with the place to mend.
///
/// @param source the file, as the user named it, or the command-line option
/// @param line from 1, where the source has lines
/// @param column from 1, in Unicode code points, where the source has columns
/// @param message what was found and what is allowed, in one sentence
public record Mistake(String source, OptionalInt line, OptionalInt column, String message) {

  /// A mistake that concerns a source as a whole.
  public static Mistake in(String source, String message) {
    return new Mistake(source, OptionalInt.empty(), OptionalInt.empty(), message);
  }

  /// A mistake at a place in a file.
  public static Mistake at(String source, int line, int column, String message) {
    return new Mistake(source, OptionalInt.of(line), OptionalInt.of(column), message);
  }

  /// The mistake as compilers print it: `file:line:column: message`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(source);
    line.ifPresent(number -> text.append(':').append(number));
    column.ifPresent(number -> text.append(':').append(number));
    return text.append(": ").append(message).toString();
  }
}
