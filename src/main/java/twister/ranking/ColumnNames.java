package twister.ranking;

import java.util.List;
import java.util.Optional;
import twister.text.VisibleText;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;
import twister.yaml.NearestName;

/// The columns of a table, by their names or by the ends of them: `l2` for `training.l2`.
///
/// @param names each a different one
public record ColumnNames(List<String> names) {
  private static final String SHORT_SEED = "seed";

  public ColumnNames {
    names = List.copyOf(names);
  }

  /// The full name of a column, if what was typed can mean only one. `seed` is that of the initial
  /// weights, whatever other seeds there are.
  public Optional<String> find(String typed) {
    if (names.contains(typed)) {
      return Optional.of(typed);
    }
    if (typed.equals(SHORT_SEED) && names.contains(RunsTable.SEED)) {
      return Optional.of(RunsTable.SEED);
    }
    List<String> ends = endingIn(typed);
    return ends.size() == 1 ? Optional.of(ends.getFirst()) : Optional.empty();
  }

  private List<String> endingIn(String typed) {
    return names.stream().filter(name -> name.endsWith("." + typed)).toList();
  }

  /// The full name of a column.
  ///
  /// @param source the option that names it
  /// @throws InvalidInputException if there is none of that name, or several
  public String get(String source, String typed) throws InvalidInputException {
    return find(typed)
        .orElseThrow(() -> new InvalidInputException(Mistake.in(source, refusal(typed))));
  }

  /// Why a name is none of a column.
  public String refusal(String typed) {
    List<String> ends = endingIn(typed);
    if (ends.size() > 1) {
      return "'%s' may be %s".formatted(VisibleText.visible(typed), String.join(" or ", ends));
    }
    List<String> all = names.stream().map(this::brief).toList();
    String nearest =
        typed.isBlank()
            ? ""
            : NearestName.of(typed, names)
                .or(() -> NearestName.of(typed, all))
                .map(", did you mean %s?"::formatted)
                .orElse("");
    return "there is no column '%s'%s (columns: %s)"
        .formatted(VisibleText.visible(typed), nearest, String.join(", ", all));
  }

  /// The shortest end of a name that means the column.
  public String brief(String name) {
    for (int dot = name.lastIndexOf('.'); dot >= 0; dot = name.lastIndexOf('.', dot - 1)) {
      String end = name.substring(dot + 1);
      if (find(end).equals(Optional.of(name))) {
        return end;
      }
    }
    return name;
  }
}
