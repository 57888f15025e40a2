package twister.spec;

import java.util.Optional;
import java.util.OptionalInt;

/// What the file of a corpus holds, and what is made of it.
public sealed interface CorpusFormat {
  /// The usual sign for where words begin and end.
  int FULL_STOP = '.';

  /// What a boundary may be.
  String BOUNDARY_ALLOWED = "one sign that one can see, such as \"#\"";

  /// What a file holds, as a key says it.
  enum Kind {
    /// Words, each of which begins and ends.
    WORDS,
    /// One stream of symbols.
    TEXT
  }

  /// How it is written before it is learnt from.
  WordForm form();

  /// The symbol that marks where words begin and end, as a code point; a text has none.
  OptionalInt boundary();

  /// Whether it is a text.
  default boolean isText() {
    return this instanceof Text;
  }

  /// Words, each between boundaries.
  ///
  /// @param column whose cells they are, in a table; empty where each has a line of its own
  /// @param sign the boundary, as a code point
  record Words(Optional<TableColumn> column, int sign, WordForm form) implements CorpusFormat {
    /// A word in each line, as it stands there, between full stops.
    public static final Words LINES = new Words(Optional.empty(), FULL_STOP, WordForm.AS_IT_IS);

    public Words {
      if (!isBoundary(Character.toString(sign))) {
        throw new IllegalArgumentException("boundary: expected " + BOUNDARY_ALLOWED);
      }
    }

    @Override
    public OptionalInt boundary() {
      return OptionalInt.of(sign);
    }
  }

  /// A text that runs on: a stream of symbols, line ends among them, which nothing divides.
  record Text(WordForm form) implements CorpusFormat {
    @Override
    public OptionalInt boundary() {
      return OptionalInt.empty();
    }
  }

  /// Whether a text is a sign that may mark where words begin and end.
  static boolean isBoundary(String text) {
    return text.codePointCount(0, text.length()) == 1
        && switch (Character.getType(text.codePointAt(0))) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              false;
          default -> true;
        };
  }
}
