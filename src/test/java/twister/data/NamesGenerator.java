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
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Makes `names.txt`: 32,033 words with exactly the trigram counts and the word lengths of the
/// original list, so also with its bigram counts.
///
/// Everything that a model of bigrams or trigrams learns from a list of words is in its trigram
/// counts, so a list with the same counts gives the same losses, probabilities and samples. Apart
/// from ten well-known names, which come first, the words are made from the counts alone. From the
/// repository's root, with the java of a JDK 25:
///
/// ```
/// java src/test/java/twister/data/NamesGenerator.java names.txt
/// ```
final class NamesGenerator {
  /*
   * Design.
   *
   * 1. A context is two symbols, of the 26 letters and `.`; words begin after `..`. The counts are the
   *    edges of a directed multigraph over contexts. A closed walk that uses every edge once, cut at
   *    `.`, is a list of words with exactly these counts. Shuffled edges and C. Hierholzer's algorithm
   *    (Mathematische Annalen 6, 1873) find one.
   * 2. Such words are as long as chance has it, and a third of them are there already. Two words that
   *    share a pair of letters can exchange what follows it, tail for tail, and no count changes.
   *    Random exchanges that bring the list no farther from what it should be go on until it is that.
   *    How far it is: the earth mover's distance of the lengths from the table (by how many letters
   *    all words together are too long or too short), and REPETITION for each word that is there
   *    already.
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

  /// The one word that is there twice: by the counts, two words begin with these letters, and no
  /// other letter ever follows them.
  static final String TWICE = "kc";

  private static final Path FACTS = Path.of("src/test/resources/golden");
  private static final int SYMBOLS = 27;
  private static final long SEED = 2147483647;

  /// By how much a word that is there already makes the list worse; 1 is a length off by 1 letter.
  private static final int REPETITION = 10;

  private static final int PATIENCE = 100;

  private final RandomGenerator random = new Random(SEED);
  private final List<String> words;
  private final Map<String, Integer> uses = new HashMap<>();

  /// How many more words there are of each length or shorter ones than in the table.
  private final int[] surplus;

  private NamesGenerator(int[][] counts, Map<Integer, Integer> lengths) {
    words = cut(circuit(counts));
    surplus = new int[1 + words.stream().mapToInt(String::length).max().orElseThrow()];
    lengths.forEach((length, count) -> move(length, -count));
    Stream.concat(KNOWN.stream(), words.stream()).forEach(word -> count(word, 1));
  }

  /// Writes the list, one word a line, to the file named.
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), String.join("\n", names()) + "\n");
  }

  /// The list: the known words, then the made ones.
  static List<String> names() {
    Map<String, Integer> rest = trigramCounts();
    ngrams(KNOWN, 3).forEach((trigram, count) -> rest.merge(trigram, -count, Integer::sum));
    List<String> names = new ArrayList<>(KNOWN);
    names.addAll(new NamesGenerator(edges(rest), wordLengths()).polished());
    return names;
  }

  /// How often each trigram occurs in the original list, by trigram.
  static Map<String, Integer> trigramCounts() {
    Map<String, Integer> counts = new HashMap<>();
    rows("trigram-counts.csv").forEach(row -> counts.put(row[0], Integer.parseInt(row[1])));
    return counts;
  }

  /// How many words of the original list have how many letters, by letters.
  static Map<Integer, Integer> wordLengths() {
    Map<Integer, Integer> lengths = new HashMap<>();
    rows("word-lengths.csv")
        .forEach(row -> lengths.put(Integer.parseInt(row[0]), Integer.parseInt(row[1])));
    return lengths;
  }

  private static Stream<String[]> rows(String table) {
    try {
      return Files.readAllLines(FACTS.resolve(table)).stream()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(","));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How often each n-gram occurs in these words, with `.` before and after each, by n-gram.
  static Map<String, Integer> ngrams(List<String> words, int order) {
    Map<String, Integer> counts = new HashMap<>();
    for (String word : words) {
      String text = "." + word + ".";
      for (int i = order; i <= text.length(); i++) {
        counts.merge(text.substring(i - order, i), 1, Integer::sum);
      }
    }
    return counts;
  }

  /// How often each symbol follows each context.
  ///
  /// @return (729, 27), row: 27 times the symbol before the previous one plus the previous one,
  ///   column: next symbol; 0 is `.`, 1 to 26 are a to z
  private static int[][] edges(Map<String, Integer> trigrams) {
    int[][] edges = new int[SYMBOLS * SYMBOLS][SYMBOLS];
    trigrams.forEach(
        (trigram, count) -> {
          int first = symbol(trigram.charAt(0));
          int second = symbol(trigram.charAt(1));
          edges[SYMBOLS * first + second][symbol(trigram.charAt(2))] = count;
          if (first == 0) {
            edges[0][second] += count;
          }
        });
    return edges;
  }

  private static int symbol(char letter) {
    return letter == '.' ? 0 : letter - 'a' + 1;
  }

  /// A closed walk from the context `..` over every edge once, chosen at random (Hierholzer 1873).
  private List<Integer> circuit(int[][] edges) {
    List<Deque<Integer>> unused = Arrays.stream(edges).map(this::shuffledEdges).toList();
    List<Integer> walk = new ArrayList<>();
    Deque<Integer> path = new ArrayDeque<>(List.of(0));
    while (!path.isEmpty()) {
      int context = path.getLast();
      if (unused.get(context).isEmpty()) {
        walk.add(path.removeLast());
      } else {
        int next = unused.get(context).removeLast();
        path.addLast(next == 0 ? 0 : context % SYMBOLS * SYMBOLS + next);
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
    for (int context : walk) {
      text.append(context == 0 ? '.' : (char) ('a' + context % SYMBOLS - 1));
    }
    return new ArrayList<>(List.of(text.substring(1).split("\\.")));
  }

  private List<String> polished() {
    while (!isPolished()) {
      Map<String, List<Integer>> places = places();
      for (int i = 0; i < words.size(); i++) {
        exchangeTail(i, places);
      }
    }
    Collections.shuffle(words, random);
    return words;
  }

  private boolean isPolished() {
    return uses.size() == KNOWN.size() + words.size() - 1
        && Arrays.stream(surplus).allMatch(count -> count == 0);
  }

  /// Which words have each pair of letters.
  private Map<String, List<Integer>> places() {
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      for (int cut = 2; cut <= word.length(); cut++) {
        places.computeIfAbsent(word.substring(cut - 2, cut), pair -> new ArrayList<>()).add(i);
      }
    }
    return places;
  }

  /// One proposal for a word that is there once, several for one that is there more often.
  private void exchangeTail(int index, Map<String, List<Integer>> places) {
    int proposals = 0;
    do {
      proposeExchange(index, places);
      proposals++;
    } while (proposals < PATIENCE && uses.getOrDefault(words.get(index), 0) > 1);
  }

  /// Exchanges the tails of a word and of one that had the same pair of letters when `places` was
  /// made, if it still has it and the list does not get worse.
  private void proposeExchange(int first, Map<String, List<Integer>> places) {
    String one = words.get(first);
    int cutOne = 2 + random.nextInt(one.length() - 1);
    String pair = one.substring(cutOne - 2, cutOne);
    List<Integer> others = Objects.requireNonNull(places.get(pair));
    int second = others.get(random.nextInt(others.size()));
    String two = words.get(second);
    int cutTwo = 2 + two.indexOf(pair);
    if (first != second && cutTwo >= 2) {
      String newOne = one.substring(0, cutOne) + two.substring(cutTwo);
      String newTwo = two.substring(0, cutTwo) + one.substring(cutOne);
      if (isNew(newOne, newTwo) && replace(first, newOne) + replace(second, newTwo) > 0) {
        replace(first, one);
        replace(second, two);
      }
    }
  }

  private boolean isNew(String one, String two) {
    return !one.equals(two)
        && !uses.containsKey(one)
        && !uses.containsKey(two)
        && Math.max(one.length(), two.length()) < surplus.length;
  }

  /// Puts a word into the place of another.
  ///
  /// @return by how much the list is then worse
  private int replace(int index, String word) {
    return count(words.set(index, word), -1) + count(word, 1);
  }

  /// Counts a word in (1) or out (-1).
  ///
  /// @return by how much the list is then worse
  private int count(String word, int change) {
    int others = uses.getOrDefault(word, 0) - (change < 0 ? 1 : 0);
    uses.merge(word, change, (old, more) -> old + more == 0 ? null : Integer.valueOf(old + more));
    return (others > 0 ? change * REPETITION : 0) + move(word.length(), change);
  }

  private int move(int length, int change) {
    int worse = 0;
    for (int i = length; i < surplus.length; i++) {
      worse += Math.abs(surplus[i] + change) - Math.abs(surplus[i]);
      surplus[i] += change;
    }
    return worse;
  }
}
