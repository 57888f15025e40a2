package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The bigram table of a run: how often each symbol follows each other one, and how probable the
/// model takes that to be.
public final class BigramTable {
  private final List<String> symbols;
  private final long[] counts;
  private final double[] probabilities;

  /// @param symbols (V)
  /// @param counts (V, V), row-major, a row per previous symbol
  /// @param probabilities (V, V), row-major, each row sums to 1
  public BigramTable(List<String> symbols, long[] counts, double[] probabilities) {
    int cells = symbols.size() * symbols.size();
    if (symbols.isEmpty() || counts.length != cells || probabilities.length != cells) {
      throw new IllegalArgumentException("bigrams: expected (V, V) cells with V at least 1");
    }
    this.symbols = List.copyOf(symbols);
    this.counts = counts;
    this.probabilities = probabilities;
  }

  /// Reads a bigrams file.
  ///
  /// @throws IOException naming file and line if it cannot be read or is not a whole square table
  public static BigramTable read(Path file) throws IOException {
    return new BigramTableReader(file).read();
  }

  /// The vocabulary in its order, V symbols.
  public List<String> symbols() {
    return symbols;
  }

  /// How often the symbol numbered `next` follows the one numbered `previous`.
  public long count(int previous, int next) {
    return counts[previous * symbols.size() + next];
  }

  /// The model's probability of the symbol numbered `next` after the one numbered `previous`.
  public double probability(int previous, int next) {
    return probabilities[previous * symbols.size() + next];
  }
}
