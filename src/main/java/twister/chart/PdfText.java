package twister.chart;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.File;
import java.io.IOException;
import java.text.AttributedCharacterIterator;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/// Writes text into a PDF with the font that Java measures and draws it with, of which the letters
/// used are embedded. What that font cannot write, and all text where its file is not found, is
/// drawn as shapes. All texts of a picture are of one font.
final class PdfText extends PdfBoxGraphics2DFontTextDrawer {
  private @Nullable PDFont font;

  @Override
  protected @Nullable PDFont mapFont(Font asked, IFontTextDrawerEnv env) throws IOException {
    if (font == null) {
      Optional<File> file = FontFiles.file(asked).filter(FontFiles::permitsEmbedding);
      font = file.isPresent() ? PDType0Font.load(env.getDocument(), file.get()) : null;
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
}
