package twister.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Writes 24-bit RGB images in the PNG format (W3C Recommendation PNG, third edition, 2025).
///
/// ImageIO writes the same images, but in a virtual machine that has just started it takes about
/// three times as long: it looks for plug-ins and tries several filters on each row. The rows of a
/// chart resemble the row above, so the filter Up alone is enough.
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int BITS = 8;
  private static final int TRUE_COLOUR = 2;
  private static final int UP = 2;
  private static final double METRES_PER_INCH = 0.0254;
  private static final int PER_METRE = 1;

  private Png() {}

  /// Writes an image of the type `TYPE_INT_RGB`; the stream stays open.
  ///
  /// @param dpi pixels per inch
  static void write(BufferedImage image, int dpi, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.write(SIGNATURE);
    chunk(data, "IHDR", header(image));
    chunk(data, "pHYs", density(dpi));
    chunk(data, "IDAT", pixels(image));
    chunk(data, "IEND", new byte[0]);
    data.flush();
  }

  private static byte[] header(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(image.getWidth());
    data.writeInt(image.getHeight());
    // The three zeros: deflate, the five standard filters, not interlaced.
    data.write(new byte[] {BITS, TRUE_COLOUR, 0, 0, 0});
    return bytes.toByteArray();
  }

  private static byte[] density(int dpi) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    int perMetre = (int) Math.round(dpi / METRES_PER_INCH);
    data.writeInt(perMetre);
    data.writeInt(perMetre);
    data.writeByte(PER_METRE);
    return bytes.toByteArray();
  }

  private static byte[] pixels(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (OutputStream rows = new DeflaterOutputStream(bytes, deflater, 1 << 16)) {
      int width = image.getWidth();
      byte[] row = new byte[1 + 3 * width];
      byte[] unchanged = new byte[row.length];
      unchanged[0] = UP;
      int[] pixels = new int[width];
      int[] above = new int[width];
      for (int y = 0; y < image.getHeight(); y++) {
        image.getRaster().getDataElements(0, y, width, 1, pixels);
        if (Arrays.equals(pixels, above)) {
          rows.write(unchanged);
        } else {
          filterUp(pixels, above, row);
          rows.write(row);
          System.arraycopy(pixels, 0, above, 0, width);
        }
      }
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static void filterUp(int[] pixels, int[] above, byte[] row) {
    row[0] = UP;
    for (int x = 0, at = 1; x < pixels.length; x++) {
      int pixel = pixels[x];
      int up = above[x];
      row[at++] = (byte) ((pixel >> 16) - (up >> 16));
      row[at++] = (byte) ((pixel >> 8) - (up >> 8));
      row[at++] = (byte) (pixel - up);
    }
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) check.getValue());
  }
}
