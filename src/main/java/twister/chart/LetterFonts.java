package twister.chart;

import java.awt.Font;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Fonts of this machine for letters that another font lacks, where Java would draw a box.
final class LetterFonts {
  /// Fonts that have an empty or a made-up shape for everything.
  private static final String LAST_RESORT = "lastresort";

  private static final Map<String, Optional<Font>> OTHERS = new ConcurrentHashMap<>();

  private LetterFonts() {}

  /// The font itself where it has a letter, else another one of its size; empty if this machine has
  /// none.
  ///
  /// @param letter what is read as one, of one code point or several
  static Optional<Font> of(String letter, Font font) {
    return has(font, letter)
        ? Optional.of(font)
        : OTHERS
            .computeIfAbsent(letter, LetterFonts::other)
            .map(other -> other.deriveFont(font.getSize2D()));
  }

  private static boolean has(Font font, String letter) {
    return letter
        .codePoints()
        .allMatch(codePoint -> isJoin(codePoint) || font.canDisplay(codePoint));
  }

  /// What only says how its neighbours are drawn.
  private static boolean isJoin(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT
        || (codePoint >= 0xfe00 && codePoint <= 0xfe0f);
  }

  private static Optional<Font> other(String letter) {
    return Stream.concat(Stream.of(Font.SANS_SERIF), ChartFont.names().stream())
        .filter(name -> !name.replace(" ", "").toLowerCase(Locale.ROOT).contains(LAST_RESORT))
        .map(name -> new Font(name, Font.PLAIN, 1))
        .filter(font -> has(font, letter) && isSeen(font, letter))
        .findFirst();
  }

  private static boolean isSeen(Font font, String letter) {
    return letter.isBlank()
        || !font.createGlyphVector(Lettering.MEASURE, letter).getVisualBounds().isEmpty();
  }
}
