package twister.chart;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /// The sentences as one text.
  String text() {
    return sentences.stream().map(sentence -> sentence + ".").collect(Collectors.joining(" "));
  }

  /// A caption: all sentences, each on a line of its own.
  String caption() {
    return Stream.concat(Stream.of(title), sentences.stream())
        .map(sentence -> sentence + ".\n")
        .collect(Collectors.joining());
  }
}
