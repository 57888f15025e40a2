package twister.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import twister.text.TextWidth;

/// A text as it is drawn: in parts, each in a font that has its letters. Letters that no font of
/// this machine has are spelled by their code points, such as `U+635F`. Letters that may have to be
/// drawn as shapes in a PDF, as those of Arabic, are parts of their own, so that the rest can be
/// searched.
record WrittenText(List<Part> parts) {
  /// The first block of letters that run from right to left, or join each other: Hebrew, Arabic.
  private static final int FIRST_RIGHT_TO_LEFT = 0x590;

  /// Latin and Greek with marks, punctuation, and symbols up to those of mathematics.
  private static final int FIRST_ADDITIONAL = 0x1e00;

  private static final int LAST_SYMBOL = 0x2bff;

  WrittenText {
    parts = List.copyOf(parts);
  }

  /// Letters of one font.
  record Part(String text, Font font) {
    double width() {
      return font.getStringBounds(text, Lettering.MEASURE).getWidth();
    }
  }

  /// A text in a font, or in others where that lacks letters.
  static WrittenText of(String text, Font font) {
    boolean isPlain = text.codePoints().allMatch(WrittenText::isPlain);
    return new WrittenText(
        isPlain && font.canDisplayUpTo(text) < 0
            ? List.of(new Part(text, font))
            : new Speller(font).of(text));
  }

  /// Whether a letter stands after the one before it, in all fonts.
  private static boolean isPlain(int codePoint) {
    return codePoint < FIRST_RIGHT_TO_LEFT
        || (codePoint >= FIRST_ADDITIONAL && codePoint <= LAST_SYMBOL);
  }

  /// What is drawn, as one text.
  String text() {
    return parts.size() == 1
        ? parts.getFirst().text()
        : String.join("", parts.stream().map(Part::text).toList());
  }

  double width() {
    return parts.stream().mapToDouble(Part::width).sum();
  }

  /// The smallest rectangle around the letters, of a text that begins at (0, 0).
  Rectangle2D ink() {
    Rectangle2D all = new Rectangle2D.Double();
    double x = 0;
    for (Part part : parts) {
      Rectangle2D ink =
          AffineTransform.getTranslateInstance(x, 0)
              .createTransformedShape(
                  part.font().createGlyphVector(Lettering.MEASURE, part.text()).getVisualBounds())
              .getBounds2D();
      if (all.isEmpty()) {
        all = ink;
      } else if (!ink.isEmpty()) {
        all.add(ink);
      }
      x += part.width();
    }
    return all;
  }

  /// Draws the text, its first letter at a place.
  void draw(Graphics2D g, double x, double y) {
    double at = x;
    for (Part part : parts) {
      g.setFont(part.font());
      g.drawString(part.text(), (float) at, (float) y);
      at += part.width();
    }
  }

  /// Takes a text apart.
  private static final class Speller {
    private final Font font;
    private final List<Part> parts = new ArrayList<>();
    private boolean wasSpelled;
    private boolean wasPlain;

    Speller(Font font) {
      this.font = font;
    }

    List<Part> of(String text) {
      for (String letter : TextWidth.characters(text)) {
        Optional<Font> whole = LetterFonts.of(letter, font);
        if (whole.isPresent()) {
          write(letter, whole.get());
        } else {
          letter.codePoints().forEach(this::write);
        }
      }
      return parts;
    }

    private void write(int codePoint) {
      String letter = Character.toString(codePoint);
      LetterFonts.of(letter, font)
          .ifPresentOrElse(found -> write(letter, found), () -> spell(codePoint));
    }

    /// A code point stands apart from what is beside it: its digits could be letters of a word.
    private void spell(int codePoint) {
      if (!parts.isEmpty() && !parts.getLast().text().endsWith(" ")) {
        add(" ", font);
      }
      add("U+%04X".formatted(codePoint), font);
      wasSpelled = true;
    }

    private void write(String letter, Font found) {
      if (wasSpelled && !letter.isBlank()) {
        add(" ", font);
      }
      wasSpelled = false;
      add(letter, found);
    }

    private void add(String letters, Font in) {
      boolean isPlain = letters.codePoints().allMatch(WrittenText::isPlain);
      if (!parts.isEmpty() && isPlain == wasPlain && parts.getLast().font().equals(in)) {
        Part last = parts.removeLast();
        parts.add(new Part(last.text() + letters, in));
      } else {
        parts.add(new Part(letters, in));
      }
      wasPlain = isPlain;
    }
  }
}
