package twister.chart;

import java.awt.Dimension;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import twister.spec.ChartSize;

/// Writes pictures as SVG in which text stays text.
final class Svg {
  /// Verdana has the widths of DejaVu Sans, so that texts keep their places where it is missing.
  private static final String FONTS = "'DejaVu Sans', Verdana, sans-serif";

  /// What Batik writes for Java's own fonts without serifs.
  private static final Set<String> USUAL = Set.of("sans-serif", "'Dialog'");

  /// Of a unit, which is about a pixel.
  private static final int DECIMALS = 2;

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private Svg() {}

  /// Writes a picture; the stream stays open.
  static void write(Recording picture, OutputStream out) throws IOException {
    SVGGraphics2D g = new SVGGraphics2D(context(), false);
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    g.stream(root(picture, g), writer, false, false);
    writer.flush();
  }

  /// A picture as an element of a page: without a document around it, with ids of its own, and
  /// without styles, which a page's content security policy may forbid.
  ///
  /// @param prefix of the ids
  static String element(Recording picture, String prefix) throws IOException {
    SVGGraphics2D g = new SVGGraphics2D(context(), false);
    Element root = root(picture, g);
    root.setAttributeNS(null, "role", "img");
    putIntoPage(root, prefix);
    StringWriter writer = new StringWriter();
    g.stream(root, writer, false, false);
    String document = writer.toString();
    return document.substring(document.indexOf("<svg"));
  }

  private static void putIntoPage(Element element, String prefix) {
    element.removeAttributeNS(null, "style");
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      String value = attribute.getNodeValue();
      attribute.setNodeValue(
          attribute.getNodeName().equals("id")
              ? prefix + value
              : value.replace("url(#", "url(#" + prefix));
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        putIntoPage(inner, prefix);
      }
    }
  }

  private static SVGGeneratorContext context() {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment(null);
    context.setImageHandler(new EmbeddedPng());
    context.setPrecision(DECIMALS);
    return context;
  }

  private static Element root(Recording picture, SVGGraphics2D g) {
    g.setSVGCanvasSize(new Dimension(picture.width(), picture.height()));
    picture.paint(g);
    Element root = g.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + picture.width() + " " + picture.height());
    root.setAttributeNS(null, "width", picture.size().svg(picture.width()));
    root.setAttributeNS(null, "height", picture.size().svg(picture.height()));
    describe(root, picture.description());
    nameFonts(root);
    return root;
  }

  private static void describe(Element root, Description description) {
    if (!description.title().isEmpty()) {
      Node first = root.getFirstChild();
      root.insertBefore(said(root, "title", description.title()), first);
      root.insertBefore(said(root, "desc", description.text()), first);
    }
  }

  private static Element said(Element root, String name, String text) {
    Element said = root.getOwnerDocument().createElementNS(NAMESPACE, name);
    said.setTextContent(text);
    return said;
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The XML parser of the JDK refuses its own defaults.", e);
    }
  }

  /// Batik writes the names that Java gives its fonts; browsers know others.
  private static void nameFonts(Element element) {
    if (element.hasAttribute("font-family")) {
      String named = element.getAttribute("font-family");
      element.setAttribute("font-family", USUAL.contains(named) ? FONTS : named + ", " + FONTS);
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
        Png.write((BufferedImage) image, ChartSize.DEFAULT.dpi(), bytes);
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
