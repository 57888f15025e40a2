package twister.chart;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/// Writes pictures as PDF of one page, in which text stays text.
final class Pdf {
  private Pdf() {}

  /// Writes a picture in its size; the stream stays open. The same picture gives the same bytes.
  ///
  /// @throws IOException if it cannot be written, or a font file cannot be read
  static void write(Recording picture, OutputStream out) throws IOException {
    double scale = picture.size().pointsPerUnit();
    PDRectangle page =
        new PDRectangle((float) (scale * picture.width()), (float) (scale * picture.height()));
    try (PDDocument document = new PDDocument()) {
      document.setDocumentId(0L);
      document.getDocumentInformation().setTitle(picture.description().title());
      document.getDocumentInformation().setSubject(picture.description().text());
      paint(picture, scale, document, page);
      document.save(out);
    }
  }

  private static void paint(Recording picture, double scale, PDDocument document, PDRectangle size)
      throws IOException {
    PDPage page = new PDPage(size);
    document.addPage(page);
    PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, size);
    g.setFontTextDrawer(new PdfText());
    g.scale(scale, scale);
    picture.paint(g);
    g.dispose();
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.drawForm(g.getXFormObject());
    }
  }
}
