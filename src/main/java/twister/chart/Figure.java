package twister.chart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import twister.tracking.WholeFile;

/// A chart for a report: drawn once, to be written in any format.
public final class Figure {
  /// The ending of the files of captions.
  static final String CAPTION = ".txt";

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

  /// Writes the picture, and beside it what it shows, a caption in a file that ends in `.txt`, each
  /// whole or not at all.
  ///
  /// @param file of the picture
  /// @return both files
  /// @throws IOException if they cannot be written
  public List<Path> write(Path file, Format format) throws IOException {
    writePicture(file, format);
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    Path caption = file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + CAPTION);
    byte[] text = recording.description().caption().getBytes(StandardCharsets.UTF_8);
    WholeFile.write(caption, out -> out.write(text));
    return List.of(file, caption);
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
          }
        });
  }
}
