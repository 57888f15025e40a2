package twister.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import twister.spec.CorpusFormat;
import twister.spec.TableColumn;
import twister.spec.WordForm;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// What a data file holds, for commands without an experiment that says it.
final class CorpusOptions {
  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "what the file holds: words, or text that runs on (default: words)")
  private Optional<CorpusFormat.Kind> kind = Optional.empty();

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = {
        "the column of a CSV file that holds the words,",
        "or its number where there is no header"
      })
  private Optional<String> column = Optional.empty();

  @Option(
      names = "--boundary",
      paramLabel = "SIGN",
      description = "marks where words begin and end (default: the full stop)")
  private Optional<String> boundary = Optional.empty();

  /// The options that are given.
  List<String> given() {
    List<String> given = new ArrayList<>();
    kind.ifPresent(_ -> given.add("--kind"));
    column.ifPresent(_ -> given.add("--column"));
    boundary.ifPresent(_ -> given.add("--boundary"));
    return given;
  }

  /// What the file holds, as it stands there.
  ///
  /// @throws InvalidInputException if the options contradict each other, or have no such values
  CorpusFormat format() throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    boolean isText = kind.isPresent() && kind.get() == CorpusFormat.Kind.TEXT;
    if (isText) {
      given().stream()
          .filter(option -> !option.equals("--kind"))
          .forEach(option -> mistakes.add(Mistake.in(option, "not with --kind text")));
    } else {
      boundary
          .filter(sign -> !CorpusFormat.isBoundary(sign))
          .ifPresent(
              sign ->
                  mistakes.add(
                      Mistake.in(
                          "--boundary",
                          "found \"%s\", allowed: %s"
                              .formatted(sign, CorpusFormat.BOUNDARY_ALLOWED))));
      column
          .filter(String::isBlank)
          .ifPresent(_ -> mistakes.add(Mistake.in("--column", "found nothing, allowed: a name")));
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    return isText
        ? new CorpusFormat.Text(WordForm.AS_IT_IS)
        : new CorpusFormat.Words(
            column.map(CorpusOptions::column),
            boundary.map(sign -> sign.codePointAt(0)).orElse(CorpusFormat.FULL_STOP),
            WordForm.AS_IT_IS);
  }

  /// The column that a user names by its name or its number.
  static TableColumn column(String typed) {
    return typed.matches("[1-9][0-9]{0,8}")
        ? new TableColumn.Numbered(Integer.parseInt(typed))
        : new TableColumn.Named(typed);
  }
}
