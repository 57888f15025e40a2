package twister.chart;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import twister.yaml.NearestName;

/// A font of this machine that charts can be written with.
public final class ChartFont {
  private static final int LISTED = 10;

  private final Font font;

  private ChartFont(Font font) {
    this.font = font;
  }

  /// The font of a family, in upper or lower case; empty if this machine does not have it.
  public static Optional<ChartFont> of(String family) {
    return names().stream()
        .filter(family.strip()::equalsIgnoreCase)
        .findFirst()
        .map(name -> new ChartFont(new Font(name, Font.PLAIN, 1)));
  }

  /// What to say of a family that this machine does not have.
  public static String unknown(String family) {
    List<String> names = names();
    String nearest = NearestName.of(family, names).map(", did you mean %s?"::formatted).orElse("");
    int more = names.size() - LISTED;
    return "this machine has no such font%s (fonts: %s%s)"
        .formatted(
            nearest,
            names.stream().limit(LISTED).collect(Collectors.joining(", ")),
            more > 0 ? ", and %,d more".formatted(more) : "");
  }

  /// The families of this machine, by their letters.
  public static List<String> names() {
    System.setProperty("java.awt.headless", "true");
    return Arrays.asList(
        GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
  }

  Font font() {
    return font;
  }

  /// Whether its licence, as its file states it, forbids to put it into a document.
  public boolean forbidsEmbedding() {
    return FontFiles.file(font).filter(file -> !FontFiles.permitsEmbedding(file)).isPresent();
  }
}
