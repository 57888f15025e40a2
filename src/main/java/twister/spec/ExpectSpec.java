package twister.spec;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a run must find, such as numbers published elsewhere.
///
/// @param document which prints the numbers
/// @param loss expected loss before the update of each step named, in nats per character
/// @param within how far a measured loss may be from the expected one, absolute
/// @param figures all that is expected besides
public record ExpectSpec(
    Optional<String> document,
    SortedMap<Integer, Double> loss,
    double within,
    List<Expected> figures) {
  public ExpectSpec {
    loss = Collections.unmodifiableSortedMap(new TreeMap<>(loss));
    figures = List.copyOf(figures);
  }

  /// Losses alone.
  public ExpectSpec(SortedMap<Integer, Double> loss, double within) {
    this(Optional.empty(), loss, within, List.of());
  }

  /// The files that the figures are in.
  public List<String> files() {
    return figures.stream()
        .flatMap(
            figure ->
                switch (figure) {
                  case Expected.CountTable(String file) -> Stream.of(file);
                  case Expected.Untrained untrained ->
                      Stream.of(untrained.probabilities(), untrained.gradient())
                          .flatMap(Optional::stream);
                  case Expected.Count _,
                      Expected.MeanSquare _,
                      Expected.WordScore _,
                      Expected.Names _,
                      Expected.Draws _ ->
                      Stream.<String>empty();
                })
        .toList();
  }
}
