package twister.ranking;

import java.util.List;
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
  record Comparison(String column, Relation relation, String word, double number)
      implements Condition {

    /// A cell that is empty or NaN is different from every value, and not more or less than any.
    private boolean holdsFor(String cell) {
      if (cell.isEmpty() || cell.equals("NaN")) {
        return relation == Relation.DIFFERENT;
      }
      double found = RunsTable.number(cell);
      if (!Double.isNaN(found) && !Double.isNaN(number)) {
        // The sum with 0.0 is 0.0 of both zeros.
        return relation.accepts(Double.compare(found + 0.0, number + 0.0));
      }
      boolean areWords = Double.isNaN(found) && Double.isNaN(number);
      return relation.isOfOrder()
          ? areWords && relation.accepts(cell.compareTo(word))
          : relation.accepts(cell.equals(word) ? 0 : 1);
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
    AT_LEAST(">=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    /// How it is written.
    String sign() {
      return sign;
    }

    private boolean isOfOrder() {
      return this != EQUAL && this != DIFFERENT;
    }

    private boolean accepts(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case DIFFERENT -> order != 0;
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case MORE -> order > 0;
        case AT_LEAST -> order >= 0;
      };
    }
  }
}
