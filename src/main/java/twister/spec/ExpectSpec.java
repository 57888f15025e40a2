package twister.spec;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /// Whether there is nothing to find.
  public boolean isEmpty() {
    return loss.isEmpty() && figures.isEmpty();
  }
}
