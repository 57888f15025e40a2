package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderTest {
  private final OutlinedTexts outlines = new OutlinedTexts();
  private final Recorder recorder = new Recorder(outlines);
  private final Font plain = Lettering.ofSize(34).font();
  private final Font font = outlines.font(plain);

  private TextLayout layout(String text) {
    return new TextLayout(text, font, recorder.getFontRenderContext());
  }

  private List<Mark> marks() {
    return recorder.steps().stream().map(Recording.Step::mark).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss (nats per character)", "10⁻³", "λ", "−0.5", "learning rate"})
  void outlinesOfTextsBecomeTexts(String text) {
    Shape outline = layout(text).getOutline(null);
    recorder.translate(100, 50);
    recorder.fill(outline);

    Mark.Text mark = (Mark.Text) marks().getFirst();
    assertEquals(text, mark.text());
    assertEquals(plain, mark.style().font());
    // XChart puts outlines where texts should begin, so the letters begin there.
    assertEquals(100, mark.bounds().getX(), 0.1);
    assertEquals(50 + outline.getBounds2D().getY(), mark.bounds().getY(), 0.1);
  }

  @Test
  void textsThatRunUpwardsDoSo() {
    recorder.translate(40, 500);
    recorder.fill(layout("loss").getOutline(AffineTransform.getRotateInstance(-Math.PI / 2)));

    Mark.Text mark = (Mark.Text) marks().getFirst();
    assertEquals(-Math.PI / 2, mark.angle(), 0);
    assertEquals(500, mark.bounds().getMaxY(), 0.1);
    assertTrue(mark.bounds().getHeight() > mark.bounds().getWidth());
  }

  @Test
  void layoutsMayBeMadeLongBeforeTheyArePainted() {
    List<TextLayout> layouts = List.of(layout("2.0"), layout("2.5"), layout("3.0"));
    layouts.forEach(layout -> recorder.fill(layout.getOutline(null)));

    List<String> texts = marks().stream().map(mark -> ((Mark.Text) mark).text()).toList();
    assertEquals(List.of("2.0", "2.5", "3.0"), texts);
  }

  @Test
  void otherShapesStayShapes() {
    layout("loss").getOutline(null);
    recorder.fill(new GeneralPath(new Rectangle2D.Double(1, 2, 3, 4)));

    assertTrue(marks().getFirst() instanceof Mark.Area);
  }

  @Test
  void segmentsOfOneStrokeAreOneLine() {
    recorder.setStroke(new BasicStroke(3));
    recorder.draw(new Line2D.Double(0, 0, 10, 5));
    recorder.draw(new Line2D.Double(10, 5, 20, 0));
    recorder.draw(new Line2D.Double(30, 0, 40, 0));
    recorder.setStroke(new BasicStroke(4));
    recorder.draw(new Line2D.Double(40, 0, 50, 0));

    assertEquals(2, marks().size());
    assertEquals(
        new Rectangle2D.Double(0, 0, 40, 5), ((Mark.Line) marks().getFirst()).path().getBounds2D());
  }

  @Test
  void segmentsAreNotJoinedAcrossWhatIsPaintedBetweenThem() {
    recorder.draw(new Line2D.Double(0, 0, 10, 5));
    recorder.fill(new Rectangle2D.Double(0, 0, 9, 9));
    recorder.draw(new Line2D.Double(10, 5, 20, 0));

    assertEquals(3, marks().size());
  }

  @Test
  void whatCannotBeSeenIsLeftOut() {
    recorder.setColor(new Color(1, 2, 3, 0));
    recorder.fill(new Rectangle2D.Double(0, 0, 9, 9));
    recorder.draw(new Line2D.Double(0, 0, 9, 9));
    recorder.setColor(Color.RED);
    recorder.fill(new Rectangle2D.Double(0, 0, 0, 9));
    recorder.drawString(" ", 0, 0);

    assertEquals(List.of(), marks());
  }

  @Test
  void neighbouringRectanglesShareAnEdge() {
    recorder.fill(new Rectangle2D.Double(0, 0, 10.4, 10));
    recorder.fill(new Rectangle2D.Double(10.4, 0, 10.4, 10));

    Rectangle2D left = ((Mark.Area) marks().get(0)).shape().getBounds2D();
    Rectangle2D right = ((Mark.Area) marks().get(1)).shape().getBounds2D();
    assertEquals(left.getMaxX(), right.getMinX());
    assertEquals(10, right.getMinX());
  }

  @Test
  void clipsAreKept() {
    recorder.setClip(new Rectangle2D.Double(1, 2, 3, 4));
    recorder.fill(new Rectangle2D.Double(0, 0, 9, 9));
    recorder.setClip(null);
    recorder.fill(new Rectangle2D.Double(0, 0, 9, 9));

    assertEquals(
        List.of(Optional.of(new Rectangle2D.Double(1, 2, 3, 4)), Optional.empty()),
        recorder.steps().stream().map(Recording.Step::clip).toList());
  }
}
