package twister.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Text of one size, placed by its middle or its ends. It is measured without a device, so that
/// pixels and SVG agree.
final class Lettering {
  /// The font of charts that are drawn where it is bound; elsewhere it is that of Java without
  /// serifs.
  static final ScopedValue<Font> FONT = ScopedValue.newInstance();

  /// How texts are measured: without a device, in fractions of a unit.
  static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

  /// Height of capitals and digits over font size, that of DejaVu Sans.
  private static final double CAPITALS = 0.73;

  private static final String PER = " per character";

  private final Font usual;

  private Lettering(Font usual) {
    this.usual = usual;
  }

  /// @param size in pixels
  static Lettering ofSize(double size) {
    return new Lettering(new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) size));
  }

  Font font() {
    return FONT.isBound() ? FONT.get().deriveFont(usual.getSize2D()) : usual;
  }

  /// @throws IOException if this machine has nothing to write with
  static void requireFonts() throws IOException {
    try {
      ofSize(12).width("fonts");
    } catch (RuntimeException | Error e) {
      // Without fonts AWT throws a bare Error, an InternalError, a LinkageError or any exception,
      // depending on what is missing and on whether it was asked before.
      throw new IOException(
          "no fonts found: install for example fonts-dejavu-core and fontconfig", e);
    }
  }

  double size() {
    return usual.getSize2D();
  }

  double width(String text) {
    return WrittenText.of(text, font()).width();
  }

  /// The text with code points in place of letters that no font has, for XChart, which knows of no
  /// others.
  String spelled(String text) {
    return WrittenText.of(text, font()).text();
  }

  /// The smallest rectangle around the letters of a text that begins at (0, 0).
  Rectangle2D ink(String text) {
    return WrittenText.of(text, font()).ink();
  }

  /// The width of the widest label.
  double widest(List<Axis.Tick> ticks) {
    return ticks.stream().mapToDouble(tick -> width(tick.label())).max().orElse(0);
  }

  /// Whether one would see the character: the machine has a font for it, and it is no blank and not
  /// invisible.
  boolean draws(int codePoint) {
    String letter = Character.toString(codePoint);
    return LetterFonts.of(letter, font()).isPresent() && !ink(letter).isEmpty();
  }

  /// The text in as few lines as fit a width, broken between words.
  List<String> lines(String text, double width) {
    List<String> lines = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      String longer = lines.isEmpty() ? word : lines.getLast() + " " + word;
      if (!lines.isEmpty() && width(longer) <= width) {
        lines.set(lines.size() - 1, longer);
      } else {
        lines.add(word);
      }
    }
    return lines;
  }

  /// The text itself if it is not wider than that, else its beginning.
  String shortened(String text, double width) {
    if (width(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 1 && width(text.substring(0, end) + "…") > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  /// The title of an axis so that it is not wider than that: with its unit abbreviated or left out
  /// where it has to be, and shortened where that is not enough.
  String fitting(String title, double width) {
    int unit = title.indexOf(" (");
    String bare = unit < 0 ? title : title.substring(0, unit);
    return Stream.of(title, title.replace(PER, "/char"), title.replace(PER, ""))
        .filter(text -> width(text) <= width)
        .findFirst()
        .orElseGet(() -> shortened(bare, width));
  }

  /// Height of a line without space around it.
  double height() {
    return CAPITALS * size();
  }

  void centred(Graphics2D g, String text, double x, double y) {
    leftAligned(g, text, x - width(text) / 2, y);
  }

  void rightAligned(Graphics2D g, String text, double x, double y) {
    leftAligned(g, text, x - width(text), y);
  }

  /// @param y of the middle of the line
  void leftAligned(Graphics2D g, String text, double x, double y) {
    g.setFont(font());
    g.drawString(text, (float) x, (float) (y + height() / 2));
  }

  /// Draws text that runs upwards, with its middle at (x, y).
  void upwards(Graphics2D g, String text, double x, double y) {
    g.translate(x, y);
    g.rotate(-Math.PI / 2);
    centred(g, text, 0, 0);
    g.rotate(Math.PI / 2);
    g.translate(-x, -y);
  }
}
