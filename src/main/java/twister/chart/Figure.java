package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import twister.tracking.WholeFile;

/// A chart for a report: drawn once, to be written in any format.
public final class Figure {
  private final Recording recording;

  /// In what a figure is written.
  public enum Format {
    /// Pixels.
    PNG,
    /// Scalable, for pages in a browser.
    SVG,
    /// Scalable, for documents; text can be searched.
    PDF;

    /// The ending of its files.
    public String ending() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  Figure(Recording recording) {
    this.recording = recording;
  }

  /// Writes it, whole or not at all.
  ///
  /// @throws IOException if it cannot be written
  public void write(Path file, Format format) throws IOException {
    WholeFile.write(
        file,
        out -> {
          switch (format) {
            case PNG -> Png.write(ChartFiles.pixels(recording), recording.size().dpi(), out);
            case SVG -> Svg.write(recording, out);
            case PDF -> Pdf.write(recording, out);
          }
        });
  }

  /// What it shows, a title and sentences without full stops.
  public List<String> words() {
    Description description = recording.description();
    List<String> words = new ArrayList<>(List.of(description.title()));
    words.addAll(description.sentences());
    return words;
  }
}
