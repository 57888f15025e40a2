package twister.spec;

import java.text.Normalizer;
import java.util.Locale;

/// How words are written before they are learnt from.
///
/// @param normalisation of Unicode, by which `é` is the same symbol however it was typed
/// @param isLowerCase whether capitals become small letters
public record WordForm(Normalisation normalisation, boolean isLowerCase) {
  /// As they stand in the file.
  public static final WordForm AS_IT_IS = new WordForm(Normalisation.NONE, false);

  /// A normalization form of Unicode (Unicode Standard Annex 15).
  public enum Normalisation {
    /// Words stay as they are.
    NONE,
    /// Letters and their marks are one symbol where Unicode has one; in files `nfc`.
    NFC
  }

  /// A word in this form.
  public String of(String word) {
    String small = isLowerCase ? word.toLowerCase(Locale.ROOT) : word;
    return switch (normalisation) {
      case NONE -> small;
      case NFC -> Normalizer.normalize(small, Normalizer.Form.NFC);
    };
  }
}
