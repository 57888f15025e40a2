package twister.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import twister.GoldenFile;

final class TorchCpuRandomTest {
  /// PyTorch's vector logarithm, sine and cosine round differently from ours. Measured against
  /// PyTorch 2.13.0 over seeds 0 to 499: norm(a - b) / norm(b) up to 1.2e-7 for 16 numbers, 4.1e-8
  /// for 729.
  private static final double BLOCK_TOLERANCE = 2e-7;

  /// Printed by PyTorch 2.13.0 for `torch.randperm(12)`.
  @Test
  void permutationsOfAFewNumbersAreThoseOfPyTorch() {
    int[] zero = {8, 0, 5, 9, 7, 4, 2, 10, 3, 1, 11, 6};
    int[] other = {3, 8, 11, 6, 5, 2, 1, 0, 4, 10, 7, 9};
    assertArrayEquals(zero, new TorchCpuRandom(0).randperm(12));
    assertArrayEquals(other, new TorchCpuRandom(2147483647).randperm(12));
    assertArrayEquals(new int[0], new TorchCpuRandom(0).randperm(0));
  }

  @Test
  void uniformNumbersAreThoseOfPyTorch() {
    for (CSVRecord row : drawn("rand")) {
      TorchCpuRandom random = seeded(row);
      float[] values = successive(row, random::rand);
      assertArrayEquals(floats(row, "first"), first(values), row.toString());
      assertArrayEquals(floats(row, "last"), last(values), row.toString());
    }
  }

  @Test
  void normalNumbersAreThoseOfPyTorchUpToItsRounding() {
    for (CSVRecord row : drawn("randn")) {
      TorchCpuRandom random = seeded(row);
      float[] values = successive(row, random::randn);
      assertClose(floats(row, "first"), first(values), row);
      assertClose(floats(row, "last"), last(values), row);
    }
  }

  @Test
  void fewerThan16NormalNumbersAreThoseOfPyTorch() {
    for (CSVRecord row : drawn("randn")) {
      if (Arrays.stream(row.get("sizes").split(" ", -1)).allMatch(n -> Integer.parseInt(n) < 16)) {
        TorchCpuRandom random = seeded(row);
        float[] values = successive(row, random::randn);
        assertArrayEquals(floats(row, "last"), last(values), row.toString());
      }
    }
  }

  @Test
  void wholeNumbersAreThoseOfPyTorch() {
    for (CSVRecord row : GoldenFile.rows("torch-randint.csv")) {
      int[] expected =
          Arrays.stream(row.get("draws").split(" ", -1)).mapToInt(Integer::parseInt).toArray();
      int[] values = new int[expected.length];
      int low = Integer.parseInt(row.get("low"));
      seeded(row).randint(low, Integer.parseInt(row.get("high")), values);
      assertArrayEquals(expected, values, row.toString());
    }
  }

  @Test
  void emptyAndHugeRangesAreRefused() {
    TorchCpuRandom random = new TorchCpuRandom(0);
    int[] values = new int[1];
    var none = assertThrows(IllegalArgumentException.class, () -> random.randint(3, 3, values));
    assertEquals("range: expected 1 to 268435455, got 0", none.getMessage());
    assertThrows(IllegalArgumentException.class, () -> random.randint(0, 1 << 28, values));
    assertThrows(
        IllegalArgumentException.class,
        () -> random.randint(Integer.MIN_VALUE, Integer.MAX_VALUE, values));
  }

  @Test
  void theSecondNormalNumberOfAPairWaitsOverOtherDraws() {
    float second = new TorchCpuRandom(1).randn(2)[1];
    TorchCpuRandom random = new TorchCpuRandom(1);
    random.randn(1);
    random.rand(3);
    random.randn(16);
    random.multinomial(new float[] {1, 1, 1});
    random.multinomial(new float[] {1, 1, 1}, 3);
    assertEquals(second, random.randn(1)[0]);
  }

  @Test
  void uniformNumbersLieFromZeroToBelowOneAroundOneHalf() {
    for (long seed = 0; seed < 50; seed++) {
      float[] values = new TorchCpuRandom(seed).rand(10_000);
      for (float value : values) {
        assertTrue(value >= 0 && value < 1, "seed " + seed);
      }
      assertEquals(0.5, mean(values), 5 * Math.sqrt(1 / 12.0 / 10_000), "seed " + seed);
    }
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    for (long seed = 0; seed < 50; seed++) {
      assertNormal(new TorchCpuRandom(seed).randn(10_007));
      TorchCpuRandom random = new TorchCpuRandom(seed);
      assertNormal(concatenated(repeated(667, 15), random::randn));
    }
  }

  @Test
  void callsInARowDrawWhatOneCallDraws() {
    Random shapes = new Random(3);
    for (long seed = 0; seed < 50; seed++) {
      int[] any = {shapes.nextInt(50), shapes.nextInt(50), 1};
      assertSplits(any, new TorchCpuRandom(seed)::rand, new TorchCpuRandom(seed)::rand);
      int[] small = {shapes.nextInt(7), shapes.nextInt(7), 1};
      assertSplits(small, new TorchCpuRandom(seed)::randn, new TorchCpuRandom(seed)::randn);
      int[] blocks = {16 * shapes.nextInt(1, 9), 16 * shapes.nextInt(1, 9), 16};
      assertSplits(blocks, new TorchCpuRandom(seed)::randn, new TorchCpuRandom(seed)::randn);
    }
  }

  @Test
  void aNegativeSizeIsRefused() {
    TorchCpuRandom random = new TorchCpuRandom(0);
    var uniform = assertThrows(IllegalArgumentException.class, () -> random.rand(-1));
    assertEquals("n: expected at least 0, got -1", uniform.getMessage());
    assertThrows(IllegalArgumentException.class, () -> random.randn(-1));
  }

  private static Iterable<CSVRecord> drawn(String draw) {
    var rows = GoldenFile.rows("torch-random.csv");
    return rows.stream().filter(row -> row.get("draw").equals(draw)).toList();
  }

  private static TorchCpuRandom seeded(CSVRecord row) {
    return new TorchCpuRandom(Long.parseLong(row.get("seed")));
  }

  private static float[] successive(CSVRecord row, IntFunction<float[]> draw) {
    String[] sizes = row.get("sizes").split(" ", -1);
    return concatenated(Arrays.stream(sizes).mapToInt(Integer::parseInt).toArray(), draw);
  }

  private static float[] concatenated(int[] sizes, IntFunction<float[]> draw) {
    float[] all = new float[Arrays.stream(sizes).sum()];
    int start = 0;
    for (int size : sizes) {
      System.arraycopy(draw.apply(size), 0, all, start, size);
      start += size;
    }
    return all;
  }

  private static int[] repeated(int times, int size) {
    int[] sizes = new int[times];
    Arrays.fill(sizes, size);
    return sizes;
  }

  private static float[] first(float[] values) {
    return Arrays.copyOf(values, Math.min(3, values.length));
  }

  private static float[] last(float[] values) {
    return Arrays.copyOfRange(values, Math.max(0, values.length - 17), values.length);
  }

  private static float[] floats(CSVRecord row, String column) {
    return TorchMultinomialTest.floats(row.get(column));
  }

  private static void assertClose(float[] expected, float[] actual, CSVRecord row) {
    assertEquals(expected.length, actual.length);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.hypot(difference, (double) actual[i] - expected[i]);
      norm = Math.hypot(norm, expected[i]);
    }
    assertTrue(difference <= BLOCK_TOLERANCE * norm, difference / norm + " off: " + row);
  }

  /// Bounds of five standard deviations of the mean and of the variance.
  static void assertNormal(float[] values) {
    double mean = mean(values);
    double variance = 0;
    for (float value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    assertEquals(0, mean, 5 / Math.sqrt(values.length));
    assertEquals(1, variance, 5 * Math.sqrt(2.0 / values.length));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static void assertSplits(
      int[] sizes, IntFunction<float[]> whole, IntFunction<float[]> parts) {
    assertArrayEquals(whole.apply(Arrays.stream(sizes).sum()), concatenated(sizes, parts));
  }
}
