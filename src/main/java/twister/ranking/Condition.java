package twister.ranking;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import twister.tracking.RunNotes;
import twister.tracking.RunsTable;
import twister.tracking.RunsTable.Row;
import twister.yaml.InvalidInputException;

/// What `--where` asks of a run: comparisons of its columns, put together by `and`, `or` and `not`.
public sealed interface Condition {

  /// Reads a condition, such as `l2 < 0.1 and not status = diverged`.
  ///
  /// @param table whose columns are meant
  /// @throws InvalidInputException with a mark under the place that cannot be read
  static Condition of(String text, RunsTable table) throws InvalidInputException {
    return new ConditionParser(text, table).condition();
  }

  /// Whether a run is as asked.
  default boolean holds(Row row) {
    return switch (this) {
      case And(List<Condition> all) -> all.stream().allMatch(each -> each.holds(row));
      case Or(List<Condition> any) -> any.stream().anyMatch(each -> each.holds(row));
      case Not(Condition condition) -> !condition.holds(row);
      case Comparison comparison -> comparison.holdsFor(row.text(comparison.column));
    };
  }

  /// All of them hold.
  record And(List<Condition> all) implements Condition {
    public And {
      all = List.copyOf(all);
    }
  }

  /// At least one holds.
  record Or(List<Condition> any) implements Condition {
    public Or {
      any = List.copyOf(any);
    }
  }

  /// The other does not hold.
  record Not(Condition condition) implements Condition {}

  /// A column beside a value.
  ///
  /// @param word the value as text
  /// @param number the value as a number; NaN where it is none
  /// @param isText whether the column holds text, even where that looks like numbers
  record Comparison(String column, Relation relation, String word, double number, boolean isText)
      implements Condition {
    /// More digits than any whole number of a run has.
    private static final int LONGEST_WHOLE = 40;

    /// A cell that is empty or NaN is different from every value, and not more or less than any.
    private boolean holdsFor(String cell) {
      if (column.equals(RunNotes.TAG)) {
        return relation == Relation.DIFFERENT
            ? !tags(cell).contains(word)
            : tags(cell).stream().anyMatch(tag -> holdsForText(tag));
      }
      if (cell.isEmpty() || cell.equals("NaN")) {
        return relation == Relation.DIFFERENT;
      }
      if (isText || relation == Relation.CONTAINING) {
        return holdsForText(cell);
      }
      double found = RunsTable.number(cell);
      if (!Double.isNaN(found) && !Double.isNaN(number)) {
        return relation.accepts(compare(cell, found));
      }
      boolean areWords = Double.isNaN(found) && Double.isNaN(number);
      return relation.isOfOrder()
          ? areWords && relation.accepts(cell.compareTo(word))
          : relation.accepts(cell.equals(word) ? 0 : 1);
    }

    private static List<String> tags(String cell) {
      return cell.isEmpty() ? List.of() : List.of(cell.split(" ", -1));
    }

    private boolean holdsForText(String text) {
      return relation == Relation.CONTAINING
          ? text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT))
          : relation.accepts(text.compareTo(word));
    }

    /// Whole numbers are compared digit by digit: seeds of 64 bits are not all doubles.
    private int compare(String cell, double found) {
      if (isWhole(cell) && isWhole(word)) {
        return new BigInteger(cell).compareTo(new BigInteger(word));
      }
      // The sum with 0.0 is 0.0 of both zeros.
      return Double.compare(found + 0.0, number + 0.0);
    }

    private static boolean isWhole(String number) {
      int digits = number.startsWith("-") ? 1 : 0;
      return number.length() > digits
          && number.length() <= LONGEST_WHOLE
          && number.chars().skip(digits).allMatch(digit -> digit >= '0' && digit <= '9');
    }
  }

  /// How a cell may relate to a value.
  enum Relation {
    /// The same.
    EQUAL("="),
    /// Another.
    DIFFERENT("!="),
    /// Less, or earlier in the order of letters.
    LESS("<"),
    /// Less or the same.
    AT_MOST("<="),
    /// More, or later in the order of letters.
    MORE(">"),
    /// More or the same.
    AT_LEAST(">="),
    /// With the other as a part of it, whatever the case of letters.
    CONTAINING("~");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    /// How it is written.
    String sign() {
      return sign;
    }

    private boolean isOfOrder() {
      return this != EQUAL && this != DIFFERENT && this != CONTAINING;
    }

    private boolean accepts(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case DIFFERENT -> order != 0;
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case MORE -> order > 0;
        case AT_LEAST -> order >= 0;
        case CONTAINING -> throw new IllegalStateException("no order says what a text contains");
      };
    }
  }
}
