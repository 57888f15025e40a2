package twister.chart;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.PathIterator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Knows the texts of outlines. XChart lays a text out and fills its outline; this makes it a text
/// again.
///
/// A `TextLayout` asks its font for the metrics of the characters that it gets. The fonts given out
/// here keep these characters. The outline of the same characters, laid out once more, is then
/// looked up among the outlines that are filled.
final class OutlinedTexts {
  private static final double UPWARDS = -Math.PI / 2;

  private final Map<Layout, Outlines> layouts = new HashMap<>();
  private final Map<Outline, OutlinedText> texts = new HashMap<>();

  /// A text whose outline was filled.
  ///
  /// @param angle in radians, clockwise: 0, or that of text that runs upwards
  /// @param bearing distance of the outline from the place where the text begins
  record OutlinedText(String text, Font font, double angle, double bearing) {}

  private record Layout(String text, Font font) {}

  private record Outlines(Outline level, Outline upwards, double bearing) {}

  /// The segments of a path and their coordinates, compared as a whole.
  private record Outline(float[] coordinates) {
    static Outline of(Shape shape) {
      float[] all = new float[256];
      float[] segment = new float[6];
      int size = 0;
      for (PathIterator at = shape.getPathIterator(null); !at.isDone(); at.next()) {
        if (size + 7 > all.length) {
          all = Arrays.copyOf(all, 2 * all.length);
        }
        int kind = at.currentSegment(segment);
        all[size++] = kind;
        int used = numbers(kind);
        System.arraycopy(segment, 0, all, size, used);
        size += used;
      }
      return new Outline(Arrays.copyOf(all, size));
    }

    private static int numbers(int kind) {
      return switch (kind) {
        case PathIterator.SEG_CLOSE -> 0;
        case PathIterator.SEG_QUADTO -> 4;
        case PathIterator.SEG_CUBICTO -> 6;
        default -> 2;
      };
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Outline outline && Arrays.equals(coordinates, outline.coordinates);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(coordinates);
    }
  }

  /// A font like another one, whose texts are known here.
  Font font(Font font) {
    return new KeepingFont(font);
  }

  private final class KeepingFont extends Font {
    private static final long serialVersionUID = 1;

    private final Font plain;

    KeepingFont(Font font) {
      super(font);
      plain = font;
    }

    @Override
    public LineMetrics getLineMetrics(char[] chars, int begin, int limit, FontRenderContext frc) {
      keep(new String(chars, begin, limit - begin), plain);
      return super.getLineMetrics(chars, begin, limit, frc);
    }
  }

  private void keep(String text, Font font) {
    if (!text.isBlank()) {
      Outlines outlines =
          layouts.computeIfAbsent(new Layout(text, font), layout -> outlines(text, font));
      // Different letters may look the same; the last text laid out is the one to be filled next.
      texts.put(outlines.level(), new OutlinedText(text, font, 0, outlines.bearing()));
      texts.put(outlines.upwards(), new OutlinedText(text, font, UPWARDS, outlines.bearing()));
    }
  }

  private static Outlines outlines(String text, Font font) {
    TextLayout layout = new TextLayout(text, font, Lettering.MEASURE);
    Shape level = layout.getOutline(null);
    Shape upwards = layout.getOutline(AffineTransform.getRotateInstance(UPWARDS));
    return new Outlines(Outline.of(level), Outline.of(upwards), level.getBounds2D().getX());
  }

  /// The text whose outline this is, empty if it is none.
  Optional<OutlinedText> text(Shape shape) {
    return shape instanceof GeneralPath
        ? Optional.ofNullable(texts.get(Outline.of(shape)))
        : Optional.empty();
  }
}
