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

  /// Whether it can be written so: pgfplots draws series alone.
  public boolean has(Format format) {
    return format != Format.PGFPLOTS || recording.data().isPresent();
  }

  /// Writes it, each file whole or not at all.
  ///
  /// @return the files: that of the figure, and for pgfplots that of its data beside it
  /// @throws IOException if they cannot be written
  public List<Path> write(Path file, Format format) throws IOException {
    if (format == Format.PGFPLOTS) {
      return writePgfplots(file);
    }
    WholeFile.write(
        file,
        out -> {
          switch (format) {
            case PNG -> Png.write(ChartFiles.pixels(recording), recording.size().dpi(), out);
            case SVG -> Svg.write(recording, out);
            case PDF, PGFPLOTS -> Pdf.write(recording, out);
          }
        });
    return List.of(file);
  }

  private List<Path> writePgfplots(Path file) throws IOException {
    PlotData data =
        recording
            .data()
            .orElseThrow(() -> new IllegalArgumentException("format: this figure has no series"));
    Pgfplots plot = new Pgfplots(recording, data);
    Path table = beside(file, ".csv");
    write(table, plot.csv());
    write(file, plot.tex(String.valueOf(table.getFileName()), title));
    return List.of(file, table);
  }

  /// Writes its words, a sentence on each line, into the `.txt` beside it.
  ///
  /// @param file that of the figure
  /// @return the file of the words
  /// @throws IOException if it cannot be written
  public Path writeWords(Path file) throws IOException {
    Path words = beside(file, ".txt");
    write(words, String.join(".\n", words()) + ".\n");
    return words;
  }

  private static void write(Path file, String text) throws IOException {
    WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Path beside(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
  }

  /// The same said in other words.
  ///
  /// @param words a title and sentences
  Figure withWords(List<String> words) {
    return new Figure(
        recording.described(new Description(words.getFirst(), words.subList(1, words.size()))),
        title);
  }

  /// What it shows, a title and sentences without full stops.
  public List<String> words() {
    Description description = recording.description();
    List<String> words = new ArrayList<>(List.of(description.title()));
    words.addAll(description.sentences());
    return words;
  }
}
