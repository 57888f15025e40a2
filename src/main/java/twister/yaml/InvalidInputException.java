package twister.yaml;

import java.util.List;
import java.util.stream.Collectors;

/// Thrown when what a user gave cannot be run; carries every mistake found, not only the first.
public final class InvalidInputException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Mistake> mistakes;

  /// All that is wrong.
  ///
  /// @param mistakes at least one
  public InvalidInputException(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /// One thing that is wrong.
  public InvalidInputException(Mistake mistake) {
    this(List.of(mistake));
  }

  /// Every mistake found, in the order of the source.
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
