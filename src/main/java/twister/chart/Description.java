package twister.chart;

import java.util.List;

/// What a picture shows, in words: for those who cannot see it, and for captions.
///
/// @param title a few words
/// @param sentences what is to be seen, without full stops
record Description(String title, List<String> sentences) {
  /// Nothing is said.
  static final Description NONE = new Description("", List.of());

  Description {
    sentences = List.copyOf(sentences);
  }
}
