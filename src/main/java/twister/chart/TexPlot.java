package twister.chart;

import java.util.Optional;

/// A picture for LaTeX, of which the document sets the text, and the data that it reads.
interface TexPlot {
  /// The picture.
  ///
  /// @param dataFile the name of the file of the data, beside the document
  /// @param title stands above it
  String tex(String dataFile, Optional<String> title);

  /// The data.
  String csv();
}
