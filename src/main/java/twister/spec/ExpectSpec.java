package twister.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a run must find, such as numbers published elsewhere.
///
/// @param loss expected loss before the update of each step named, in nats per character
/// @param within how far a measured value may be from the expected one, absolute
public record ExpectSpec(SortedMap<Integer, Double> loss, double within) {
  public ExpectSpec {
    loss = Collections.unmodifiableSortedMap(new TreeMap<>(loss));
  }
}
