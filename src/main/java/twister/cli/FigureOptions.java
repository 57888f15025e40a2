package twister.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import twister.chart.ChartFont;
import twister.chart.Figure;
import twister.chart.FigureStyle;
import twister.spec.ChartLength;
import twister.spec.ChartSize;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The options that say how a figure looks and where it is written.
final class FigureOptions {
  private static final Pattern TEX_NAME = Pattern.compile("[A-Za-z0-9._-]+");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where the figure is written (default: named by the chart, loss.png)")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "png, svg, pdf or pgfplots (default: that of the ending of --out)")
  private Optional<Figure.Format> format = Optional.empty();

  @Option(
      names = "--width",
      paramLabel = "LENGTH",
      description = "such as 8.5cm, 85mm, 3.3in or 1200px (default: 1200px)")
  private Optional<String> width = Optional.empty();

  @Option(
      names = "--height",
      paramLabel = "LENGTH",
      description = "(default: two thirds of the width, with --panel as they need)")
  private Optional<String> height = Optional.empty();

  @Option(
      names = "--font-size",
      paramLabel = "POINTS",
      description = "of the numbers at the axes (default: 9 on paper, 8.16 in pixels)")
  private Optional<Double> fontSize = Optional.empty();

  @Option(
      names = "--font",
      paramLabel = "NAME",
      description = "a font of this machine (default: Java's own without serifs)")
  private Optional<String> font = Optional.empty();

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "stands above the figure (default: none)")
  private Optional<String> title = Optional.empty();

  /// How the figure looks.
  ///
  /// @throws InvalidInputException if an option cannot be read, or the figure would have no room
  FigureStyle style() throws InvalidInputException {
    ChartSize size = size();
    Optional<String> shown = title.map(String::strip).filter(text -> !text.isEmpty());
    FigureStyle style =
        new FigureStyle(size, height.isEmpty(), font(), shown.filter(text -> !text.equals("none")));
    Optional<String> problem = style.problem();
    if (problem.isPresent()) {
      throw new InvalidInputException(Mistake.in("--title", problem.get()));
    }
    return style;
  }

  private ChartSize size() throws InvalidInputException {
    Optional<ChartLength> across = length("--width", width);
    Optional<ChartLength> up = length("--height", height);
    if (fontSize.filter(points -> !ChartSize.isFontSize(points)).isPresent()) {
      throw new InvalidInputException(
          Mistake.in("--font-size " + fontSize.get(), "allowed: " + ChartSize.FONT_SIZE_ALLOWED));
    }
    OptionalDouble points = fontSize.stream().mapToDouble(Double::doubleValue).findFirst();
    Optional<String> problem = ChartSize.problem(across, up, points);
    if (problem.isPresent()) {
      throw new InvalidInputException(Mistake.in("--width, --height", problem.get()));
    }
    return ChartSize.of(across, up, points);
  }

  private static Optional<ChartLength> length(String option, Optional<String> text)
      throws InvalidInputException {
    Optional<ChartLength> length = text.flatMap(ChartLength::of);
    if (text.isPresent() && length.isEmpty()) {
      throw new InvalidInputException(
          Mistake.in(option + " " + text.get(), "allowed: " + ChartLength.ALLOWED));
    }
    return length;
  }

  private Optional<ChartFont> font() throws InvalidInputException {
    if (font.isEmpty()) {
      return Optional.empty();
    }
    Optional<ChartFont> found = ChartFont.of(font.get());
    if (found.isEmpty()) {
      throw new InvalidInputException(
          Mistake.in("--font " + font.get(), ChartFont.unknown(font.get())));
    }
    if (format() == Figure.Format.PDF && found.get().forbidsEmbedding()) {
      throw new InvalidInputException(
          Mistake.in(
              "--font " + font.get(),
              "its licence forbids to put it into a PDF; choose another one, or --format svg"));
    }
    return found;
  }

  /// Where the figure is written.
  ///
  /// @param name of a file that was not named, without its ending
  /// @throws InvalidInputException if it cannot be written there
  Path file(String name) throws InvalidInputException {
    Path file = out.orElse(Path.of(name + format().ending()));
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(
          Mistake.in("--out " + file, "is a folder, allowed: a file, such as loss.pdf"));
    }
    Path parent = file.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new InvalidInputException(
          Mistake.in("--out " + file, "there is no folder %s; make it first".formatted(parent)));
    }
    if (format() == Figure.Format.PGFPLOTS
        && !TEX_NAME.matcher(String.valueOf(file.getFileName())).matches()) {
      throw new InvalidInputException(
          Mistake.in(
              "--out " + file,
              "TeX cannot read such a name, allowed: letters, digits and . _ - without spaces"));
    }
    return file;
  }

  /// In what the figure is written.
  ///
  /// @throws InvalidInputException if neither an option nor the name of the file says it
  Figure.Format format() throws InvalidInputException {
    if (format.isPresent() || out.isEmpty()) {
      return format.orElse(Figure.Format.PNG);
    }
    String name = out.get().toString().toLowerCase(Locale.ROOT);
    for (Figure.Format each : Figure.Format.values()) {
      if (name.endsWith(each.ending())) {
        return each;
      }
    }
    throw new InvalidInputException(
        Mistake.in(
            "--out " + out.get(),
            "does not say the format, allowed: a name that ends in .png, .svg, .pdf or .tex, or"
                + " --format"));
  }
}
