package twister.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The mistakes found so far, so that all of them can be reported at once.
public final class Mistakes {
  /// More than a person mends at once.
  private static final int MOST = 100;

  private static final Comparator<Mistake> BY_PLACE =
      Comparator.<Mistake>comparingInt(mistake -> mistake.line().orElse(Integer.MAX_VALUE))
          .thenComparingInt(mistake -> mistake.column().orElse(Integer.MAX_VALUE));

  private final List<Mistake> found = new ArrayList<>();

  /// Adds a mistake.
  ///
  /// @param message without the place
  public void add(Place place, String message) {
    found.add(place.mistake(message));
  }

  /// How many there are so far.
  public int count() {
    return found.size();
  }

  /// The mistakes found so far, to which others can be added apart.
  public Mistakes copy() {
    Mistakes copy = new Mistakes();
    copy.found.addAll(found);
    return copy;
  }

  /// Adds those of others that are not here yet.
  public void addNew(Mistakes others) {
    others.found.stream().filter(mistake -> !found.contains(mistake)).forEach(found::add);
  }

  /// Adds the mistake after which nothing can be read, and says all there are.
  public InvalidInputException last(Place place, String message) {
    add(place, message);
    return exception();
  }

  /// Says all there are, in the order of their places.
  ///
  /// @throws InvalidInputException if there are any
  public void throwIfAny() throws InvalidInputException {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  private InvalidInputException exception() {
    List<Mistake> shown = new ArrayList<>(found.stream().sorted(BY_PLACE).limit(MOST).toList());
    if (found.size() > MOST) {
      int more = found.size() - MOST;
      String message = String.format(Locale.ROOT, "has %,d more mistakes", more);
      shown.add(Mistake.in(shown.getFirst().source(), message));
    }
    return new InvalidInputException(shown);
  }
}
