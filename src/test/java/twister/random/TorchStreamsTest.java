package twister.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import twister.GoldenFile;

/// What a generator draws depends on its seed and on what was drawn from it before, and on nothing
/// else. Draws are compared by their bits.
final class TorchStreamsTest {
  private static final int THREADS = 8;
  private static final int DRAWS = 40;

  /// The generators, under their names in the golden file.
  enum Kind {
    TORCH_CPU_MKL,
    TORCH_CPU_SCALAR,
    TORCH_CPU_SEARCH,
    TORCH_CUDA;

    TorchRandom seeded(long seed) {
      return switch (this) {
        case TORCH_CPU_MKL -> new TorchCpuRandom(seed, Multinomial.MKL);
        case TORCH_CPU_SCALAR -> new TorchCpuRandom(seed, Multinomial.SCALAR);
        case TORCH_CPU_SEARCH -> new TorchCpuRandom(seed, Multinomial.SEARCH);
        case TORCH_CUDA -> new TorchCudaRandom(seed);
      };
    }
  }

  /// A generator together with a sequence of draws of many sizes, which its seed decides.
  private static final class Stream {
    private final Kind kind;
    private final long seed;
    private final TorchRandom random;
    private final Random shapes;
    private final List<Integer> bits = new ArrayList<>();

    Stream(Kind kind, long seed) {
      this.kind = kind;
      this.seed = seed;
      random = kind.seeded(seed);
      shapes = new Random(seed);
    }

    void draw() {
      if (shapes.nextBoolean()) {
        for (float value : random.randn(shapes.nextInt(40))) {
          bits.add(Float.floatToRawIntBits(value));
        }
      } else {
        float[] weights = new float[shapes.nextInt(1, 40)];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = 1 - shapes.nextFloat();
        }
        bits.add(random.multinomial(weights));
      }
    }

    /// The bits of the first draws.
    static List<Integer> bits(Kind kind, long seed) {
      Stream stream = new Stream(kind, seed);
      for (int i = 0; i < DRAWS; i++) {
        stream.draw();
      }
      return stream.bits;
    }
  }

  @ParameterizedTest
  @EnumSource
  void freshGeneratorsOfASeedDrawTheSame(Kind kind) {
    for (long seed : seeds(300)) {
      assertEquals(Stream.bits(kind, seed), Stream.bits(kind, seed), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void seedsDrawDifferently(Kind kind) {
    Set<List<Float>> first = new HashSet<>();
    for (int seed = -500; seed < 500; seed++) {
      first.add(first(kind, seed));
    }
    assertEquals(1000, first.size());
  }

  @Test
  void otherGeneratorsInBetweenChangeNothing() {
    List<Stream> streams = new ArrayList<>();
    for (long seed : seeds(50)) {
      for (Kind kind : Kind.values()) {
        streams.add(new Stream(kind, seed));
        streams.add(new Stream(kind, seed));
      }
    }
    Random order = new Random(11);
    for (int i = 0; i < DRAWS; i++) {
      Collections.shuffle(streams, order);
      streams.forEach(Stream::draw);
    }
    for (Stream stream : streams) {
      assertEquals(Stream.bits(stream.kind, stream.seed), stream.bits, "seed " + stream.seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsAtTheSameTimeChangeNothing(Kind kind)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    Callable<List<List<Integer>>> task =
        () -> {
          start.await();
          return streams(kind);
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<List<Integer>> alone = streams(kind);
      for (Future<List<List<Integer>>> drawn :
          threads.invokeAll(Collections.nCopies(THREADS, task))) {
        assertEquals(alone, drawn.get());
      }
    }
  }

  @Test
  void all64BitsOfTheSeedCountForCudaAndTheLow32ForTheCpu() {
    for (long seed : seeds(50)) {
      for (int bit = 0; bit < 64; bit++) {
        long other = seed ^ (1L << bit);
        String what = "bit " + bit + " of seed " + seed;
        assertNotEquals(first(Kind.TORCH_CUDA, seed), first(Kind.TORCH_CUDA, other), what);
        boolean same = first(Kind.TORCH_CPU_MKL, seed).equals(first(Kind.TORCH_CPU_MKL, other));
        assertEquals(bit >= 32, same, what);
      }
    }
  }

  @Test
  void aNegativeSeedStandsForItsBits() {
    for (long seed = -100; seed < 0; seed++) {
      long low = Integer.toUnsignedLong((int) seed);
      assertEquals(first(Kind.TORCH_CPU_MKL, low), first(Kind.TORCH_CPU_MKL, seed));
      assertNotEquals(first(Kind.TORCH_CUDA, low), first(Kind.TORCH_CUDA, seed));
      assertNotEquals(first(Kind.TORCH_CUDA, -seed), first(Kind.TORCH_CUDA, seed));
    }
  }

  @Test
  void everyMachineDrawsTheSameBits() {
    List<CSVRecord> rows = GoldenFile.rows("torch-streams.csv");
    assertEquals(Kind.values().length * 8, rows.size());
    for (CSVRecord row : rows) {
      Kind kind = Kind.valueOf(row.get("generator").toUpperCase(Locale.ROOT).replace('-', '_'));
      TorchRandom random = kind.seeded(Long.parseLong(row.get("seed")));
      assertEquals(row.get("few"), checksum(random.randn(7)), row.toString());
      assertEquals(row.get("many"), checksum(random.randn(729)), row.toString());
      assertEquals(row.get("classes"), classes(random), row.toString());
    }
  }

  private static List<List<Integer>> streams(Kind kind) {
    List<List<Integer>> streams = new ArrayList<>();
    for (long seed : seeds(100)) {
      streams.add(Stream.bits(kind, seed));
    }
    return streams;
  }

  private static List<Float> first(Kind kind, long seed) {
    float[] values = kind.seeded(seed).randn(4);
    return List.of(values[0], values[1], values[2], values[3]);
  }

  /// Seeds of every size and sign, all different.
  private static Set<Long> seeds(int count) {
    Random random = new Random(7);
    Set<Long> seeds = new LinkedHashSet<>(List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
    while (seeds.size() < count) {
      seeds.add(random.nextLong() >> random.nextInt(48));
    }
    return seeds;
  }

  private static String checksum(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    CRC32 sum = new CRC32();
    sum.update(bytes.array());
    return String.format("%08x", sum.getValue());
  }

  /// 40 classes of 26, with the weights 1 to 26, as letters.
  private static String classes(TorchRandom random) {
    float[] weights = new float[26];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i + 1;
    }
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      letters.append((char) ('a' + random.multinomial(weights)));
    }
    return letters.toString();
  }
}
