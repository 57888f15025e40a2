package twister.tracking;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import twister.tracking.RunRecord.Outcome;

/// Records of runs that were never trained.
public final class RecordsOfTests {
  /// Text that YAML or a terminal could take for something else.
  private static final String[] TEXTS = {
    "names.txt",
    "a: b",
    "a:\nb\n",
    "- a",
    "# no comment",
    "'",
    "\"",
    "{a}",
    "&a",
    "*a",
    "!!int 3",
    "~",
    "null",
    "true",
    "0123",
    "0x10",
    "1e5",
    "1.0",
    ".nan",
    " blanks ",
    "\ttab",
    "\u0000\u001b[31m\u007f\u0085\u2028\ufeff",
    "größe 日本 😀",
    "---",
    "...",
    "%",
    "@",
    "x".repeat(3000)
  };

  private static final List<RunStatus> STATUSES = List.of(RunStatus.values());

  private final Random random;

  /// @param seed of the records, equal ones for equal seeds
  public RecordsOfTests(long seed) {
    random = new Random(seed);
  }

  /// A run in training on some words, for tests that look at few of its values.
  ///
  /// @param symbols V
  public static RunRecord inTraining(int symbols, Map<String, Object> settings) {
    Provenance provenance =
        new Provenance(
            new TwisterVersion("1", Optional.empty()),
            new Provenance.UsedDevice("cpu", "cpu", "a processor", "a JDK"),
            new Provenance.Platform("25", "an OS"),
            new Provenance.Data("names.txt", "0", 10, 0, 60, symbols, symbols, 3, 2),
            Optional.empty());
    return new RunRecord(
        "0123456789ab", RunStatus.RUNNING, Instant.EPOCH, provenance, settings, Optional.empty());
  }

  /// Any record.
  RunRecord next() {
    RunStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
    return new RunRecord(
        "%012x".formatted(random.nextLong(1L << 48)),
        status,
        instant(),
        provenance(),
        settings(),
        status == RunStatus.RUNNING ? Optional.empty() : Optional.of(outcome()));
  }

  private Provenance provenance() {
    return new Provenance(
        new TwisterVersion(text(), commit()),
        new Provenance.UsedDevice(text(), text(), text(), text()),
        new Provenance.Platform(text(), text()),
        new Provenance.Data(
            text(),
            "%064x".formatted(random.nextLong() >>> 1),
            count(),
            count(),
            random.nextLong() >>> 1,
            count(),
            count(),
            number(),
            number()),
        commit());
  }

  private Optional<Provenance.Commit> commit() {
    return random.nextBoolean()
        ? Optional.of(new Provenance.Commit(text(), random.nextBoolean()))
        : Optional.empty();
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      Object value =
          switch (random.nextInt(5)) {
            case 0 -> count();
            case 1 -> Integer.MAX_VALUE + 1L + count();
            case 2 -> number();
            case 3 -> random.nextBoolean();
            default -> text();
          };
      settings.put("training.key-" + i, value);
    }
    return settings;
  }

  private Outcome outcome() {
    Map<String, Double> splits = new LinkedHashMap<>();
    if (random.nextBoolean()) {
      splits.put("train", number());
      splits.put("dev", number());
    }
    String message = random.nextBoolean() ? "" : text();
    return new Outcome(instant(), number(), count(), number(), number(), splits, message);
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  private int count() {
    return random.nextInt() >>> 1 >>> random.nextInt(31);
  }

  private double number() {
    return random.nextBoolean()
        ? Double.longBitsToDouble(random.nextLong())
        : (float) random.nextGaussian();
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
