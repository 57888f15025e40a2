package twister.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/// What a user meant who mistyped a name.
public final class NearestName {
  private NearestName() {}

  /// The name that takes the fewest letters added, left out, replaced or swapped, if few suffice:
  /// one, or a third of the name. Upper and lower case are the same.
  public static Optional<String> of(String typed, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(typed, name) >= 0)
        .min(Comparator.comparingInt(name -> distance(typed, name)));
  }

  private static int distance(String typed, String name) {
    int most = Math.max(1, name.length() / 3);
    return new DamerauLevenshteinDistance(most)
        .apply(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
  }
}
