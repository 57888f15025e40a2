package twister.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import twister.spec.ChartSize;

class ChartSizeTest {
  private static final ChartSize COLUMN = ChartSize.centimetres(8.5, 6, 9);

  @TempDir Path folder;

  private static Recording chart(ChartSize size) {
    Curve curve = new Curve(new double[] {0, 1}, new double[] {3, 2});
    return new LossPicture(
            List.of(new LossPicture.Line("loss", curve, CurveStyle.MAIN)),
            List.of(new LossPicture.Reference("uniform, ln 27", Math.log(27))),
            LossView.DEFAULT,
            size)
        .recording();
  }

  private static byte[] pdf(Recording recording) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Pdf.write(recording, out);
    return out.toByteArray();
  }

  @Test
  void aPdfIsAsLargeAsWasAskedAndItsTextToo() throws IOException {
    List<TextPosition> letters = new ArrayList<>();
    PDFTextStripper stripper =
        new PDFTextStripper() {
          @Override
          protected void processTextPosition(TextPosition text) {
            letters.add(text);
            super.processTextPosition(text);
          }
        };
    try (PDDocument document = Loader.loadPDF(pdf(chart(COLUMN)))) {
      PDRectangle page = document.getPage(0).getMediaBox();
      assertEquals(8.5, page.getWidth() / 72 * 2.54, 0.001);
      assertEquals(6, page.getHeight() / 72 * 2.54, 0.01);
      String text = stripper.getText(document);
      assertTrue(text.contains("uniform, ln 27 = 3.30"), text);
      // The numbers of the axes.
      assertTrue(
          letters.stream().anyMatch(letter -> Math.abs(letter.getYScale() - 9) < 0.01),
          () -> letters.stream().map(TextPosition::getYScale).distinct().toList().toString());
      assertTrue(letters.stream().allMatch(letter -> letter.getFont().isEmbedded()));
    }
  }

  @Test
  void theSameChartGivesTheSamePdf() throws IOException {
    assertArrayEquals(pdf(chart(COLUMN)), pdf(chart(COLUMN)));
  }

  @Test
  void anSvgSaysItsSizeAndItsContent() throws Exception {
    Path file = folder.resolve("loss.svg");
    try (var out = Files.newOutputStream(file)) {
      Svg.write(chart(COLUMN), out);
    }

    Element root = SvgFile.read(file).document().getDocumentElement();
    assertEquals("8.5cm", root.getAttribute("width"));
    assertEquals("6cm", root.getAttribute("height"));
    assertEquals(
        "Loss over the steps of a training",
        root.getElementsByTagName("title").item(0).getTextContent());
    assertTrue(
        root.getElementsByTagName("desc")
            .item(0)
            .getTextContent()
            .contains("loss: 3.000 at step 0"));
  }

  @Test
  void aPngHasThePixelsOfItsSizeAndSaysTheirDensity() throws IOException {
    ChartFiles.write(folder, "loss", FigureStyle.DEFAULT, _ -> chart(COLUMN));
    byte[] bytes = Files.readAllBytes(folder.resolve("charts/loss.png"));
    BufferedImage image = ImageIO.read(folder.resolve("charts/loss.png").toFile());

    assertEquals(1004, image.getWidth());
    assertEquals(709, image.getHeight(), 1);
    int chunk = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("pHYs");
    assertEquals(11811, ByteBuffer.wrap(bytes).getInt(chunk + 4));
    assertEquals(0xffffffff, image.getRGB(image.getWidth() - 1, image.getHeight() - 1));
  }

  @Test
  void theDefaultHasAUnitForEachPixel() {
    assertEquals(1, ChartSize.DEFAULT.pixelsPerUnit(), 1e-9);
    assertEquals("1200", ChartSize.DEFAULT.svg(1200));
    assertEquals("914", ChartSize.pixels(1200, 914).svg(914));
  }

  @Test
  void aSizeWithoutRoomForItsTextIsRefused() {
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> ChartSize.centimetres(3, 3, 12).units());
    assertEquals(
        "a chart with text of 12 pt: expected at least 7.97 cm wide, got 3;"
            + " make it larger or its text smaller",
        problem.getMessage());
  }
}
