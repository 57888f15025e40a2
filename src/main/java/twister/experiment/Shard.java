package twister.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import twister.yaml.Excerpt;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// A part of the runs of a sweep, which one of several processes trains that know nothing of each
/// other. The parts are the same in all of them, and have as many runs, but for one.
///
/// @param number which part it is, from 1 on
/// @param count how many parts there are
public record Shard(int number, int count) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,5})/([1-9][0-9]{0,5})");

  public Shard {
    if (number < 1 || number > count) {
      throw new IllegalArgumentException(
          "shard: expected 1 to %d, got %d".formatted(count, number));
    }
  }

  /// The part that a text such as `3/16` names.
  ///
  /// @throws InvalidInputException if it names none
  public static Shard of(String text) throws InvalidInputException {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(1)) > Integer.parseInt(parts.group(2))) {
      throw new InvalidInputException(
          Mistake.in(
              "--shard",
              "found \"%s\", allowed: a part and how many there are, such as 3/16"
                  .formatted(Excerpt.of(text))));
    }
    return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  /// Whether a run belongs to it. Neighbours, which are much alike, belong to different parts, so
  /// that all parts take as long.
  ///
  /// @param run its number in the sweep, from 0 on
  boolean has(int run) {
    return run % count == number - 1;
  }

  /// As it is typed.
  @Override
  public String toString() {
    return number + "/" + count;
  }
}
