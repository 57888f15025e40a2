package twister.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import twister.GoldenFile;

/// What only the generator `torch-cuda` does; the names it draws are judged with the training that
/// a document prints.
final class TorchCudaRandomTest {
  private static final float[] WEIGHTS = {3, 0, 1, 4, 0};

  /// Half a unit in the last place printed, and the error of the GPU's sine.
  private static final double FOUR_DECIMALS = 0.5e-4 + 3e-6;

  @Test
  void normalNumbersAreThoseThatDocumentsPrint() {
    for (CSVRecord row : GoldenFile.rows("torch-cuda-random.csv")) {
      TorchCudaRandom random = new TorchCudaRandom(Long.parseLong(row.get("seed")));
      float[] all = new float[0];
      for (String size : row.get("sizes").split(" ", -1)) {
        all = concatenated(all, random.randn(Integer.parseInt(size)));
      }
      float[] printed = TorchMultinomialTest.floats(row.get("values"));
      int from = Integer.parseInt(row.get("from"));
      for (int i = 0; i < printed.length; i++) {
        assertEquals(printed[i], all[from + i], FOUR_DECIMALS, from + i + " of " + row);
      }
    }
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    for (long seed = 0; seed < 50; seed++) {
      TorchCpuRandomTest.assertNormal(new TorchCudaRandom(seed).randn(10_007));
      TorchCudaRandom random = new TorchCudaRandom(seed);
      float[] firsts = new float[10_007];
      for (int i = 0; i < firsts.length; i++) {
        firsts[i] = random.randn(1)[0];
      }
      TorchCpuRandomTest.assertNormal(firsts);
    }
  }

  @Test
  void anElementDependsOnItsPlaceAndNotOnTheSize() {
    for (int size = 0; size < 50; size++) {
      float[] longer = new TorchCudaRandom(size).randn(51);
      assertArrayEquals(Arrays.copyOf(longer, size), new TorchCudaRandom(size).randn(size));
    }
  }

  @Test
  void everyCallIsOneStepWhateverItDraws() {
    for (long seed = 0; seed < 50; seed++) {
      TorchCudaRandom normal = new TorchCudaRandom(seed);
      TorchCudaRandom longer = new TorchCudaRandom(seed);
      TorchCudaRandom drawing = new TorchCudaRandom(seed);
      float[] first = normal.randn(27);
      longer.randn(729);
      drawing.multinomial(WEIGHTS);
      float[] second = normal.randn(27);
      assertNotEquals(first[0], second[0]);
      assertArrayEquals(second, longer.randn(27));
      assertArrayEquals(second, drawing.randn(27));
    }
  }

  @Test
  void callsThatDrawNothingAreNoStep() {
    TorchCudaRandom random = new TorchCudaRandom(9);
    assertEquals(0, random.randn(0).length);
    var size = assertThrows(IllegalArgumentException.class, () -> random.randn(-1));
    assertEquals("n: expected at least 0, got -1", size.getMessage());
    assertThrows(IllegalArgumentException.class, () -> random.multinomial(new float[] {0, 0}));
    assertArrayEquals(new TorchCudaRandom(9).randn(3), random.randn(3));
  }

  @Test
  void classesAreDrawnAsOftenAsTheirWeightsSay() {
    int[] counts = new int[WEIGHTS.length];
    for (long seed = 0; seed < 50; seed++) {
      TorchCudaRandom random = new TorchCudaRandom(seed);
      for (int i = 0; i < 1000; i++) {
        counts[random.multinomial(WEIGHTS)]++;
      }
    }
    for (int i = 0; i < WEIGHTS.length; i++) {
      double p = WEIGHTS[i] / 8.0;
      assertEquals(50_000 * p, counts[i], 5 * Math.sqrt(50_000 * p * (1 - p)), "class " + i);
    }
  }

  @Test
  void aClassOfProbabilityZeroIsNeverDrawn() {
    Random shapes = new Random(5);
    for (long seed = 0; seed < 500; seed++) {
      TorchCudaRandom random = new TorchCudaRandom(seed);
      float[] weights = new float[shapes.nextInt(1, 40)];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = shapes.nextInt(2) * shapes.nextFloat();
      }
      weights[shapes.nextInt(weights.length)] = Float.MIN_VALUE;
      for (int i = 0; i < 20; i++) {
        assertTrue(weights[random.multinomial(weights)] > 0, "seed " + seed);
      }
    }
  }

  @Test
  void uniformNumbersLieAboveZeroAndReachOne() {
    assertEquals(0x1p-33f, TorchCudaRandom.uniform(0));
    assertEquals(0.5f + 0x1p-24f, TorchCudaRandom.uniform(0x80000100));
    assertEquals(0.5f + 0x1p-23f, TorchCudaRandom.uniform(0x80000180));
    assertEquals(1f, TorchCudaRandom.uniform(-1));
  }

  @Test
  void theTimesOfTheRaceLieAboveZero() {
    assertEquals(33 * Math.log(2), TorchCudaRandom.time(0), 1e-5);
    assertEquals(Math.log(2), TorchCudaRandom.time(0x80000000), 1e-7);
    assertEquals(0x1p-23f, TorchCudaRandom.time(0xfffffe00), 0x1p-40f);
    assertEquals(0x1p-24f, TorchCudaRandom.time(0xffffff00));
    assertEquals(0x1p-24f, TorchCudaRandom.time(-1));
  }

  private static float[] concatenated(float[] first, float[] second) {
    float[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
