package twister.chart;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import twister.spec.ChartSize;

/// Looks at where the texts of a recorded chart are.
final class DrawnTexts {
  /// The sizes in which charts are looked at.
  static final List<ChartSize> SIZES =
      List.of(
          ChartSize.DEFAULT,
          ChartSize.centimetres(8.5, 6, 9),
          ChartSize.centimetres(6, 4.6, 9),
          ChartSize.centimetres(16, 10, 10),
          ChartSize.centimetres(17, 5, 10),
          ChartSize.pixels(700, 2000));

  private DrawnTexts() {}

  static List<String> of(Recording recording) {
    return recording.texts().stream().map(Mark.Text::text).toList();
  }

  /// Fails if two texts cover each other, one leaves the picture, or a line or mark has less than
  /// 3:1 contrast to white.
  static void assertReadable(Recording recording) {
    recording.steps().forEach(step -> assertSeen(step.mark()));
    List<Mark.Text> texts = recording.texts();
    List<Rectangle2D> bounds = texts.stream().map(Mark.Text::bounds).toList();
    Rectangle2D picture = new Rectangle2D.Double(0, 0, recording.width(), recording.height());
    for (int i = 0; i < texts.size(); i++) {
      Mark.Text text = texts.get(i);
      assertTrue(picture.contains(bounds.get(i)), () -> "cut: " + text);
      for (int j = 0; j < i; j++) {
        Mark.Text other = texts.get(j);
        assertTrue(
            !bounds.get(i).intersects(bounds.get(j)),
            () -> "'" + text.text() + "' covers '" + other.text() + "'");
      }
    }
  }

  private static void assertSeen(Mark mark) {
    if (mark instanceof Mark.Line line && line.style().paint() instanceof Color colour) {
      // A legend shows areas as wide strokes.
      boolean isGround =
          List.of(PlotStyle.GRID, Color.WHITE).contains(colour)
              || ((BasicStroke) line.style().stroke()).getLineWidth() > 20;
      assertTrue(
          isGround || Blues.contrast(colour, Color.WHITE) >= 3, () -> "hardly seen: " + line);
    }
  }

  /// Fails if a text was painted as its outline.
  static void assertNoOutlines(Recording recording) {
    for (Recording.Step step : recording.steps()) {
      assertTrue(
          !(step.mark() instanceof Mark.Area area)
              || !(area.shape() instanceof Path2D path)
              || segments(path) < 30,
          () -> "an outline: " + step);
    }
  }

  private static int segments(Path2D path) {
    int segments = 0;
    for (var at = path.getPathIterator(null); !at.isDone(); at.next()) {
      segments++;
    }
    return segments;
  }
}
