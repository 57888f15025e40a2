package twister.page;

import java.util.List;
import twister.chart.Figure;

/// A chart of a report.
///
/// @param id an element of the page has it, and its file in a document
/// @param figure what is drawn
record Chart(String id, Figure figure) {
  /// What it shows, in a few words.
  String title() {
    return figure.title();
  }

  /// What is to be seen, a sentence each, with full stops.
  List<String> sentences() {
    return figure.sentences().stream().map(sentence -> sentence + ".").toList();
  }
}
