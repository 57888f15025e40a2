package twister.chart;

import java.awt.Font;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.OS2WindowsMetricsTable;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.fontbox.util.autodetect.FontFileFinder;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;

/// The files of fonts. Java does not tell them, so they are looked for among all font files: that
/// of a font is the one of its family whose letters are as wide. Java's own font without serifs has
/// no family.
final class FontFiles {
  private static final String SAMPLE = "loss (nats per character) 0123456789 WMij,.=";

  /// Widths are rounded to a thousandth of the font size or finer in files.
  private static final double NEAR = 0.002;

  private static final double SIZE = 1000;

  /// Files of families that Java takes for its own sans-serif font are looked at first.
  private static final List<String> LIKELY =
      List.of("dejavusans.", "verdana.", "arial.", "helvetica", "liberationsans-regular", "sans");

  /// Bits of the licence (OpenType, OS/2 table, fsType).
  private static final int KINDS = 0xf;

  private static final int RESTRICTED = 0x2;
  private static final int NO_SUBSETTING = 0x100;
  private static final int BITMAPS_ONLY = 0x200;

  private static final Map<String, Optional<File>> FOUND = new ConcurrentHashMap<>();

  private FontFiles() {}

  /// Asks a font file.
  @FunctionalInterface
  private interface Question {
    boolean of(TrueTypeFont font) throws IOException;
  }

  /// The file of a font, looked for once; empty where none is found, or one of another kind than
  /// TrueType.
  static Optional<File> file(Font font) {
    return FOUND.computeIfAbsent(font.getFamily(Locale.ROOT), _ -> find(font));
  }

  /// Whether the licence that a font file states lets letters of it be put into a document, as
  /// PDFBox reads it.
  static boolean permitsEmbedding(File file) {
    return isSo(
        file,
        font -> {
          OS2WindowsMetricsTable metrics = font.getOS2Windows();
          if (metrics == null) {
            return true;
          }
          int bits = metrics.getFsType();
          return (bits & KINDS) != RESTRICTED && (bits & (NO_SUBSETTING | BITMAPS_ONLY)) == 0;
        });
  }

  private static Optional<File> find(Font font) {
    Font large = font.deriveFont((float) SIZE);
    double width = large.getStringBounds(SAMPLE, Lettering.MEASURE).getWidth() / SIZE;
    String family = font.getFamily(Locale.ROOT);
    boolean isAny = family.equals(Font.SANS_SERIF);
    return new FontFileFinder()
        .find().stream()
            .filter(uri -> uri.getScheme().equals("file"))
            .map(Path::of)
            .map(Path::toFile)
            .filter(file -> name(file).endsWith(".ttf"))
            .sorted(Comparator.comparingInt(FontFiles::likelihood).thenComparing(FontFiles::name))
            .filter(
                file ->
                    isSo(
                        file,
                        other ->
                            (isAny || family.equalsIgnoreCase(family(other)))
                                && isUpright(other)
                                && Math.abs(width(other) / width - 1) < NEAR))
            .findFirst();
  }

  private static String name(File file) {
    return file.getName().toLowerCase(Locale.ROOT);
  }

  private static int likelihood(File file) {
    for (int place = 0; place < LIKELY.size(); place++) {
      if (name(file).contains(LIKELY.get(place))) {
        return place;
      }
    }
    return LIKELY.size();
  }

  private static String family(TrueTypeFont font) throws IOException {
    return font.getNaming() == null ? "" : String.valueOf(font.getNaming().getFontFamily());
  }

  /// Letters that lean may be as wide as those that do not.
  private static boolean isUpright(TrueTypeFont font) throws IOException {
    return font.getPostScript() == null || font.getPostScript().getItalicAngle() == 0;
  }

  /// The width of the sample over the font size, NaN if a letter is missing.
  private static double width(TrueTypeFont font) throws IOException {
    double units = 0;
    for (int letter = 0; letter < SAMPLE.length(); letter++) {
      int glyph = font.getUnicodeCmapLookup().getGlyphId(SAMPLE.charAt(letter));
      units += glyph == 0 ? Double.NaN : font.getAdvanceWidth(glyph);
    }
    return units / font.getUnitsPerEm();
  }

  private static boolean isSo(File file, Question question) {
    try (RandomAccessReadBufferedFile bytes = new RandomAccessReadBufferedFile(file);
        TrueTypeFont font = new TTFParser().parse(bytes)) {
      return question.of(font);
    } catch (IOException e) {
      // A file that cannot be read is not the one that Java reads.
      return false;
    }
  }
}
