package twister.chart;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.File;
import java.io.IOException;
import java.text.AttributedCharacterIterator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/// Writes text into a PDF with the font that Java measures and draws it with, of which the letters
/// used are embedded. What that font cannot write, and all text where its file is not found, is
/// drawn as shapes. A picture has more than one font where the first lacks letters.
final class PdfText extends PdfBoxGraphics2DFontTextDrawer {
  private final Map<String, Optional<PDFont>> fonts = new HashMap<>();

  @Override
  protected @Nullable PDFont mapFont(Font asked, IFontTextDrawerEnv env) throws IOException {
    return font(asked, env).orElse(null);
  }

  private Optional<PDFont> font(Font asked, IFontTextDrawerEnv env) throws IOException {
    Optional<PDFont> known = fonts.get(asked.getFamily(Locale.ROOT));
    if (known != null) {
      return known;
    }
    Optional<File> file = FontFiles.file(asked).filter(FontFiles::permitsEmbedding);
    Optional<PDFont> font =
        file.isPresent()
            ? Optional.of(PDType0Font.load(env.getDocument(), file.get()))
            : Optional.empty();
    fonts.put(asked.getFamily(Locale.ROOT), font);
    return font;
  }

  @Override
  public boolean canDrawText(AttributedCharacterIterator text, IFontTextDrawerEnv env)
      throws IOException, FontFormatException {
    Optional<PDFont> font = font(env.getFont(), env);
    if (!super.canDrawText(text, env) || font.isEmpty()) {
      return false;
    }
    StringBuilder letters = new StringBuilder();
    for (char letter = text.first(); text.getIndex() < text.getEndIndex(); letter = text.next()) {
      letters.append(letter);
    }
    text.first();
    try {
      return font.get().getStringWidth(letters.toString()) >= 0;
    } catch (IllegalArgumentException e) {
      // The font has no such letter; Java takes it from another one.
      return false;
    }
  }
}
