package twister.chart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import twister.tracking.WholeFile;

/// A chart for a report: drawn once, to be written in any format.
public final class Figure {
  /// The ending of the files of captions.
  static final String CAPTION = ".txt";

  private final Recording recording;
  private final Optional<String> title;

  /// In what a figure is written.
  public enum Format {
    /// Pixels.
    PNG,
    /// Scalable, for pages in a browser.
    SVG,
    /// Scalable, for documents; text can be searched.
    PDF,
    /// For documents of LaTeX, which set its text.
    PGFPLOTS;

    /// The ending of its files.
    public String ending() {
      return this == PGFPLOTS ? ".tex" : "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param title what stands above the picture, for those who write it themselves
  Figure(Recording recording, Optional<String> title) {
    this.recording = recording;
    this.title = title;
  }

  /// A figure without a title.
  Figure(Recording recording) {
    this(recording, Optional.empty());
  }

  /// What was drawn.
  Recording recording() {
    return recording;
  }

  /// What it shows, in a few words.
  public String title() {
    return recording.description().title();
  }

  /// What is to be seen, a sentence each, without full stops.
  public List<String> sentences() {
    return recording.description().sentences();
  }

  /// The picture as an element `svg` of a page.
  ///
  /// @param prefix what its ids begin with, so that those of several pictures differ
  /// @throws IOException if a picture in it cannot be encoded
  public String svg(String prefix) throws IOException {
    return Svg.element(recording, prefix);
  }

  /// The letters in it that no font of this machine has.
  public LackingLetters lackingLetters() {
    return LackingLetters.of(recording);
  }

  /// Whether it can be written so: TeX has no room for the largest heatmaps.
  public boolean has(Format format) {
    return format != Format.PGFPLOTS || recording.data().isPresent();
  }

  /// Writes the picture, and beside it what it shows, a caption in a file that ends in `.txt`, each
  /// whole or not at all.
  ///
  /// @param file of the picture
  /// @return the files: the picture, for pgfplots its data beside it, the caption
  /// @throws IOException if they cannot be written
  public List<Path> write(Path file, Format format) throws IOException {
    List<Path> files = new ArrayList<>();
    if (format == Format.PGFPLOTS) {
      files.addAll(writePgfplots(file));
    } else {
      writePicture(file, format);
      files.add(file);
    }
    Path caption = beside(file, CAPTION);
    write(caption, recording.description().caption());
    files.add(caption);
    return files;
  }

  /// Writes the picture alone.
  void writePicture(Path file, Format format) throws IOException {
    WholeFile.write(
        file,
        out -> {
          switch (format) {
            case PNG -> Png.write(recording.pixels(), recording.size().dpi(), out);
            case SVG -> Svg.write(recording, out);
            case PDF -> Pdf.write(recording, out);
            case PGFPLOTS -> throw new IllegalArgumentException("format: pgfplots has two files");
          }
        });
  }

  private List<Path> writePgfplots(Path file) throws IOException {
    TexPlot plot =
        switch (recording
            .data()
            .orElseThrow(() -> new IllegalArgumentException("format: this figure has no data"))) {
          case PlotGrid grid -> new Pgfplots(recording, grid);
          case HeatData heat -> new PgfplotsHeatmap(recording, heat);
        };
    Path table = beside(file, ".csv");
    write(table, plot.csv());
    write(file, plot.tex(String.valueOf(table.getFileName()), title));
    return List.of(file, table);
  }

  private static void write(Path file, String text) throws IOException {
    WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Path beside(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
  }
}
