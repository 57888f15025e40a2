package twister.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Makes `names.txt`: 32,033 words whose bigram counts are exactly the published ones.
///
/// Everything a bigram model learns from a list of words is in its bigram counts, so a list with
/// the same counts gives the same losses, probabilities and samples as the list behind the
/// published figures. Apart from ten well-known names, which come first, the words are made from
/// the counts alone. From the repository's root, with the java of a JDK 25:
///
/// ```
/// java src/test/java/twister/data/NamesGenerator.java names.txt
/// ```
final class NamesGenerator {
  /*
   * Design.
   *
   * 1. The counts are the edges of a directed multigraph over the 26 letters and `.`, which both
   *    starts and ends a word. A closed walk that uses every edge once, cut at `.`, is a list of
   *    words with exactly these counts. Shuffled edges and C. Hierholzer's algorithm (Mathematische
   *    Annalen 6, 1873) find one.
   * 2. Such words are as long and as odd as chance has it: "a", or forty letters. Two words that
   *    share a letter can exchange what follows from there on, tail for tail, and no count changes.
   *    Random exchanges, accepted by the rule of N. Metropolis et al. (Journal of Chemical Physics
   *    21, 1953) at temperature 1 with `cost` as energy, lead to words that look like names. One more
   *    exchange makes the longest word as long as the published list's.
   *
   * The draws come from java.util.Random, the one generator whose every bit the platform
   * specifies: the list is the same on every JDK.
   */

  /// The words that come first, in this order.
  static final List<String> KNOWN =
      List.of(
          "emma",
          "olivia",
          "ava",
          "isabella",
          "sophia",
          "charlotte",
          "mia",
          "amelia",
          "harper",
          "evelyn");

  static final int SHORTEST = 2;
  static final int LONGEST = 15;

  /// The published table, relative to the repository's root.
  static final Path COUNTS = Path.of("experiments/published/bigram-counts.csv");

  private static final int SYMBOLS = 27;
  private static final long SEED = 2147483647;
  private static final int SWEEPS = 16;
  private static final int PATIENCE = 100;
  private static final int LONG = 9;
  private static final double TYPICAL_LENGTH = 6;
  private static final double LENGTH_DEVIATION = 2;

  private final RandomGenerator random = new Random(SEED);
  private final List<String> words;
  private final Map<String, Integer> uses = new HashMap<>();

  private NamesGenerator(int[][] counts) {
    words = cut(circuit(counts));
    KNOWN.forEach(word -> uses.put(word, 1));
    words.forEach(word -> uses.merge(word, 1, Integer::sum));
  }

  /// Prints the list, one word a line.
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), String.join("\n", names()) + "\n");
  }

  /// The list: the known words, then the made ones.
  static List<String> names() {
    int[][] rest = publishedCounts();
    int[][] known = counts(KNOWN);
    for (int i = 0; i < SYMBOLS; i++) {
      for (int j = 0; j < SYMBOLS; j++) {
        rest[i][j] -= known[i][j];
      }
    }
    List<String> names = new ArrayList<>(KNOWN);
    names.addAll(new NamesGenerator(rest).polished());
    return names;
  }

  /// The published table.
  ///
  /// @return (27, 27), row: previous symbol, column: next symbol; 0 is `.`, 1 to 26 are a to z
  static int[][] publishedCounts() {
    try {
      return Files.readAllLines(COUNTS).stream()
          .filter(line -> !line.startsWith("#") && !line.startsWith("previous"))
          .map(line -> Arrays.stream(line.split(",")).skip(1).mapToInt(Integer::parseInt).toArray())
          .toArray(int[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How often each symbol follows each other one in these words.
  ///
  /// @return (27, 27), as [#publishedCounts()]
  static int[][] counts(List<String> words) {
    int[][] counts = new int[SYMBOLS][SYMBOLS];
    for (String word : words) {
      int previous = 0;
      for (int i = 0; i < word.length(); i++) {
        int next = word.charAt(i) - 'a' + 1;
        counts[previous][next]++;
        previous = next;
      }
      counts[previous][0]++;
    }
    return counts;
  }

  /// A closed walk from `.` over every edge once, chosen at random (Hierholzer 1873).
  private List<Integer> circuit(int[][] counts) {
    List<Deque<Integer>> edges = new ArrayList<>();
    for (int[] row : counts) {
      edges.add(shuffledEdges(row));
    }
    List<Integer> walk = new ArrayList<>();
    Deque<Integer> path = new ArrayDeque<>(List.of(0));
    while (!path.isEmpty()) {
      Deque<Integer> unused = edges.get(path.getLast());
      if (unused.isEmpty()) {
        walk.add(path.removeLast());
      } else {
        path.addLast(unused.removeLast());
      }
    }
    return walk.reversed();
  }

  private Deque<Integer> shuffledEdges(int[] row) {
    List<Integer> ends = new ArrayList<>();
    for (int j = 0; j < SYMBOLS; j++) {
      ends.addAll(Collections.nCopies(row[j], j));
    }
    Collections.shuffle(ends, random);
    return new ArrayDeque<>(ends);
  }

  private static List<String> cut(List<Integer> walk) {
    StringBuilder text = new StringBuilder();
    walk.forEach(symbol -> text.append(symbol == 0 ? '.' : (char) ('a' + symbol - 1)));
    return new ArrayList<>(List.of(text.substring(1).split("\\.")));
  }

  private List<String> polished() {
    for (int sweep = 0; sweep < SWEEPS || !words.stream().allMatch(this::fits); sweep++) {
      IntStream.range(0, words.size()).forEach(this::exchangeTail);
    }
    Collections.shuffle(words, random);
    stretch();
    return words;
  }

  /// One last exchange makes a word of the length of the published list's longest, the one that
  /// costs least.
  private void stretch() {
    int[] candidates =
        IntStream.range(0, words.size()).filter(i -> words.get(i).length() >= LONG).toArray();
    Exchange best = new Exchange(-1, "", -1, "", Double.POSITIVE_INFINITY);
    for (int first : candidates) {
      for (int second : candidates) {
        Exchange found = stretching(first, second);
        best = found.cost < best.cost ? found : best;
      }
    }
    replace(best.first, best.newOne);
    replace(best.second, best.newTwo);
  }

  /// Two words after an exchange of their tails.
  private record Exchange(int first, String newOne, int second, String newTwo, double cost) {}

  /// The cheapest exchange that gives the first word the length of the longest.
  private Exchange stretching(int first, int second) {
    String one = words.get(first);
    String two = words.get(second);
    Exchange best = new Exchange(first, one, second, two, Double.POSITIVE_INFINITY);
    for (int cut = 1; cut < one.length() && first != second; cut++) {
      int cutTwo = cut + two.length() - LONGEST;
      if (cutTwo > 0 && cutTwo < two.length() && one.charAt(cut) == two.charAt(cutTwo)) {
        String newOne = one.substring(0, cut) + two.substring(cutTwo);
        String newTwo = two.substring(0, cutTwo) + one.substring(cut);
        double cost = cost(newOne) + cost(newTwo) - cost(one) - cost(two);
        if (cost < best.cost && isNew(newOne, newTwo)) {
          best = new Exchange(first, newOne, second, newTwo, cost);
        }
      }
    }
    return best;
  }

  /// One proposal for a word that may stay, several for one that may not.
  private void exchangeTail(int index) {
    int proposals = 0;
    do {
      proposeExchange(index);
      proposals++;
    } while (proposals < PATIENCE && !fits(words.get(index)));
  }

  private boolean fits(String word) {
    return outside(word) == 0 && uses.getOrDefault(word, 0) == 1;
  }

  private void proposeExchange(int first) {
    String one = words.get(first);
    int cutOne = random.nextInt(one.length());
    int second = random.nextInt(words.size());
    int cutTwo = anyIndex(one.charAt(cutOne), words.get(second));
    while (cutTwo < 0 || second == first || cutOne + cutTwo == 0) {
      second = (second + 1) % words.size();
      cutTwo = anyIndex(one.charAt(cutOne), words.get(second));
    }
    String two = words.get(second);
    String newOne = one.substring(0, cutOne) + two.substring(cutTwo);
    String newTwo = two.substring(0, cutTwo) + one.substring(cutOne);
    double rise = cost(newOne) + cost(newTwo) - cost(one) - cost(two);
    if (isAccepted(rise) && isNew(newOne, newTwo)) {
      replace(first, newOne);
      replace(second, newTwo);
    }
  }

  /// Where a letter next occurs in a word from a random place on, or -1.
  private int anyIndex(char letter, String word) {
    return word.indexOf(letter, random.nextInt(word.length()));
  }

  private boolean isNew(String one, String two) {
    return !one.equals(two) && !uses.containsKey(one) && !uses.containsKey(two);
  }

  /// The rule of Metropolis et al. (1953).
  private boolean isAccepted(double rise) {
    return rise <= 0 || random.nextDouble() < StrictMath.exp(-rise);
  }

  private void replace(int index, String word) {
    uses.computeIfPresent(words.get(index), (old, count) -> count == 1 ? null : count - 1);
    uses.put(word, 1);
    words.set(index, word);
  }

  /// How unlike a name a word is.
  private static double cost(String word) {
    double offLength = (word.length() - TYPICAL_LENGTH) / LENGTH_DEVIATION;
    return offLength * offLength / 2
        + 20 * outside(word)
        + 3 * repeatedPairs(word)
        + 3 * crowding(word);
  }

  /// How many letters a word is too short or too long.
  private static int outside(String word) {
    return Math.max(0, Math.max(SHORTEST - word.length(), word.length() - LONGEST));
  }

  /// How many letter pairs of a word occur earlier in it: 2 in "banana", 1 in "aaa".
  private static int repeatedPairs(String word) {
    int repeated = 0;
    for (int i = 1; i + 1 < word.length(); i++) {
      for (int j = 0; j < i; j++) {
        if (word.charAt(i) == word.charAt(j) && word.charAt(i + 1) == word.charAt(j + 1)) {
          repeated++;
        }
      }
    }
    return repeated;
  }

  /// How many letters of a word continue a run of two vowels or of two consonants; y is either.
  private static int crowding(String word) {
    int crowding = 0;
    for (int i = 2; i < word.length(); i++) {
      int kind = kind(word, i);
      if (kind != 0 && kind == kind(word, i - 1) && kind == kind(word, i - 2)) {
        crowding++;
      }
    }
    return crowding;
  }

  /// 1 for a vowel, -1 for a consonant, 0 for y.
  private static int kind(String word, int index) {
    char letter = word.charAt(index);
    return letter == 'y' ? 0 : "aeiou".indexOf(letter) >= 0 ? 1 : -1;
  }
}
