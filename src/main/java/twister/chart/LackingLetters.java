package twister.chart;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Letters of pictures that no font of this machine has: their code points stand for them.
///
/// @param codePoints of the letters
public record LackingLetters(Set<Integer> codePoints) {
  /// All letters are there.
  public static final LackingLetters NONE = new LackingLetters(Set.of());

  private static final Pattern SPELLED = Pattern.compile("U\\+([0-9A-F]{4,6})");
  private static final int NAMED = 5;

  public LackingLetters {
    codePoints = Set.copyOf(codePoints);
  }

  /// Those of a picture.
  static LackingLetters of(Recording picture) {
    Set<Integer> lacking = new TreeSet<>();
    for (Mark.Text text : picture.texts()) {
      Matcher spelled = SPELLED.matcher(text.written().text());
      while (spelled.find()) {
        int codePoint = Integer.parseInt(spelled.group(1), 16);
        if (isLetter(codePoint)
            && LetterFonts.of(Character.toString(codePoint), text.style().font()).isEmpty()) {
          lacking.add(codePoint);
        }
      }
    }
    return new LackingLetters(lacking);
  }

  /// Whether a font could make it visible; others are spelled whatever fonts there are.
  private static boolean isLetter(int codePoint) {
    return Character.isValidCodePoint(codePoint)
        && switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.PRIVATE_USE,
              Character.SURROGATE,
              Character.UNASSIGNED ->
              false;
          default -> !Character.isSpaceChar(codePoint);
        };
  }

  /// Those of several pictures.
  public static LackingLetters of(Collection<LackingLetters> pictures) {
    return new LackingLetters(
        pictures.stream()
            .flatMap(picture -> picture.codePoints().stream())
            .collect(Collectors.toSet()));
  }

  /// What a user should know; empty if all letters are there.
  public Optional<String> warning() {
    if (codePoints.isEmpty()) {
      return Optional.empty();
    }
    int more = codePoints.size() - NAMED;
    String letters =
        codePoints.stream()
            .sorted()
            .limit(NAMED)
            .map(each -> "%s (U+%04X)".formatted(Character.toString(each), each))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "no font of this machine has %s%s; charts show %s instead"
            .formatted(
                letters,
                more > 0 ? " and %,d more letters".formatted(more) : "",
                codePoints.size() == 1 ? "its code point" : "their code points"));
  }
}
