package twister.yaml;

import java.util.OptionalInt;

/// Where a value was written.
///
/// @param source the file, as the user named it, or the command-line option
/// @param line from 1, where the source has lines
/// @param column from 1, in Unicode code points, where the source has columns
public record Place(String source, OptionalInt line, OptionalInt column) {

  /// A place in a file.
  public static Place at(String source, int line, int column) {
    return new Place(source, OptionalInt.of(line), OptionalInt.of(column));
  }

  /// A source that is too short to have places, such as an option.
  public static Place in(String source) {
    return new Place(source, OptionalInt.empty(), OptionalInt.empty());
  }

  /// A mistake made here.
  public Mistake mistake(String message) {
    return new Mistake(source, line, column, message);
  }

  /// The place as a message about another place names it: `line 7`, or the whole option.
  public String reference() {
    return line.isPresent() ? "line " + line.getAsInt() : source;
  }
}
