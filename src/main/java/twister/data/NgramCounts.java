package twister.data;

import java.util.Arrays;

/// How often each symbol follows each context.
public final class NgramCounts {
  private final int contexts;
  private final int symbols;
  private final int[] counts;
  private final long[] rowTotals;
  private final long total;

  private NgramCounts(int contexts, int symbols, int[] counts) {
    this.contexts = contexts;
    this.symbols = symbols;
    this.counts = counts;
    rowTotals = new long[contexts];
    for (int i = 0; i < counts.length; i++) {
      rowTotals[i / symbols] += counts[i];
    }
    total = Arrays.stream(rowTotals).sum();
  }

  /// Counts the examples.
  public static NgramCounts of(Examples examples) {
    int symbols = examples.symbolCount();
    int[] counts = new int[Math.multiplyExact(examples.contextCount(), symbols)];
    for (int i = 0; i < examples.count(); i++) {
      counts[examples.contexts()[i] * symbols + examples.targets()[i]]++;
    }
    return new NgramCounts(examples.contextCount(), symbols, counts);
  }

  /// The number of contexts, C.
  public int contexts() {
    return contexts;
  }

  /// The number of symbols, V.
  public int symbols() {
    return symbols;
  }

  /// How often `symbol` follows `context`.
  public int count(int context, int symbol) {
    return counts[context * symbols + symbol];
  }

  /// How many examples have this context.
  public long rowTotal(int context) {
    return rowTotals[context];
  }

  /// The number of examples, N.
  public long total() {
    return total;
  }
}
