package twister.chart;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.text.AttributedCharacterIterator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.fontbox.util.autodetect.FontFileFinder;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/// Writes text into a PDF with the font that Java measures and draws it with, of which the letters
/// used are embedded. What that font cannot write, and all text where its file is not found, is
/// drawn as shapes.
///
/// Java does not tell the file of a font. So it is looked for among all font files: it is the one
/// whose letters are as wide.
final class PdfText extends PdfBoxGraphics2DFontTextDrawer {
  private static final String SAMPLE = "loss (nats per character) 0123456789 WMij,.=";

  /// Widths are rounded to a thousandth of the font size or finer in files.
  private static final double NEAR = 0.002;

  /// Files of families that Java takes for its own sans-serif font are looked at first.
  private static final List<String> LIKELY =
      List.of("dejavusans.", "verdana.", "arial.", "helvetica", "liberationsans-regular", "sans");

  /// The file of the font, looked for once.
  private static final class Found {
    static final Optional<File> FILE = find(Lettering.ofSize(1000));
  }

  private @Nullable PDFont font;

  @Override
  protected @Nullable PDFont mapFont(Font asked, IFontTextDrawerEnv env) throws IOException {
    if (font == null && Found.FILE.isPresent()) {
      font = PDType0Font.load(env.getDocument(), Found.FILE.get());
    }
    return font;
  }

  @Override
  public boolean canDrawText(AttributedCharacterIterator text, IFontTextDrawerEnv env)
      throws IOException, FontFormatException {
    if (!super.canDrawText(text, env) || font == null) {
      return false;
    }
    StringBuilder letters = new StringBuilder();
    for (char letter = text.first(); text.getIndex() < text.getEndIndex(); letter = text.next()) {
      letters.append(letter);
    }
    text.first();
    try {
      return font.getStringWidth(letters.toString()) >= 0;
    } catch (IllegalArgumentException e) {
      // The font has no such letter; Java takes it from another one.
      return false;
    }
  }

  private static Optional<File> find(Lettering lettering) {
    double width = lettering.width(SAMPLE) / lettering.size();
    return new FontFileFinder()
        .find().stream()
            .filter(uri -> uri.getScheme().equals("file"))
            .map(Path::of)
            .map(Path::toFile)
            .filter(file -> name(file).endsWith(".ttf"))
            .sorted(Comparator.comparingInt(PdfText::likelihood).thenComparing(PdfText::name))
            .filter(file -> isAsWide(file, width))
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

  /// Whether a file has the letters of the sample, as wide as that.
  private static boolean isAsWide(File file, double width) {
    try (RandomAccessReadBufferedFile bytes = new RandomAccessReadBufferedFile(file);
        TrueTypeFont font = new TTFParser().parse(bytes)) {
      double units = 0;
      for (int letter = 0; letter < SAMPLE.length(); letter++) {
        int glyph = font.getUnicodeCmapLookup().getGlyphId(SAMPLE.charAt(letter));
        units += glyph == 0 ? Double.NaN : font.getAdvanceWidth(glyph);
      }
      return Math.abs(units / font.getUnitsPerEm() / width - 1) < NEAR;
    } catch (IOException e) {
      // A file that cannot be read is not the one that Java reads.
      return false;
    }
  }
}
