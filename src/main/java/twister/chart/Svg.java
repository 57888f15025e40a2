package twister.chart;

import java.awt.Dimension;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Writes pictures as SVG in which text stays text.
final class Svg {
  /// Verdana has the widths of DejaVu Sans, so that texts keep their places where it is missing.
  private static final String FONTS = "'DejaVu Sans', Verdana, sans-serif";

  private Svg() {}

  /// Writes a picture; the stream stays open.
  static void write(Picture picture, OutputStream out) throws IOException {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment(null);
    context.setImageHandler(new EmbeddedPng());
    SVGGraphics2D g = new SVGGraphics2D(context, false);
    g.setSVGCanvasSize(new Dimension(picture.width(), picture.height()));
    picture.paint(g);
    Element root = g.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + picture.width() + " " + picture.height());
    nameFonts(root);
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    g.stream(root, writer, false, false);
    writer.flush();
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The XML parser of the JDK refuses its own defaults.", e);
    }
  }

  /// Batik writes the names that Java gives its fonts; browsers know others.
  private static void nameFonts(Element element) {
    if (element.hasAttribute("font-family")) {
      element.setAttribute("font-family", FONTS);
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        nameFonts(inner);
      }
    }
  }

  /// Puts images into the SVG itself, their pixels as squares with sharp edges.
  private static final class EmbeddedPng extends DefaultImageHandler {
    @Override
    protected void handleHREF(Image image, Element imageElement, SVGGeneratorContext context) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        Png.write((BufferedImage) image, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      String encoded = Base64.getEncoder().encodeToString(bytes.toByteArray());
      imageElement.setAttributeNS(
          "http://www.w3.org/1999/xlink", "xlink:href", "data:image/png;base64," + encoded);
      // Batik's own attribute is one that today's browsers answer by blurring the pixels.
      imageElement.setAttributeNS(null, "style", "image-rendering:pixelated");
    }
  }
}
