package twister.tracking;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes a record of the fields of a `run.yaml`, which [RecordFields] lists.
final class RecordReader {
  private static final String SETTINGS = "settings.";
  private static final String SPLITS = "split-loss.";

  private final String file;
  private final Map<String, Object> fields;

  /// @param file what the file is called in messages
  /// @param fields of the file, in one another as they stand there
  RecordReader(String file, Map<String, Object> fields) {
    this.file = file;
    this.fields = Yaml.flat(fields);
  }

  RunRecord record() throws IOException {
    return new RunRecord(
        needed("run"),
        status(),
        instant("started"),
        provenance(),
        below(SETTINGS),
        fields.containsKey("ended") ? Optional.of(outcome()) : Optional.empty());
  }

  private RunStatus status() throws IOException {
    Optional<RunStatus> status = RunStatus.of(needed("status"));
    if (status.isEmpty()) {
      throw problem("status", RunStatus.words());
    }
    return status.get();
  }

  private RunRecord.Outcome outcome() throws IOException {
    return new RunRecord.Outcome(
        instant("ended"),
        number("training-seconds"),
        (int) count("steps", Integer.MAX_VALUE),
        number("loss"),
        number("nll"),
        splits(),
        text("message"));
  }

  private Map<String, Double> splits() throws IOException {
    Map<String, Double> splits = new LinkedHashMap<>();
    for (String split : below(SPLITS).keySet()) {
      splits.put(split, number(SPLITS + split));
    }
    return splits;
  }

  private Provenance provenance() throws IOException {
    return new Provenance(
        twister(),
        new Provenance.UsedDevice(
            text("device.index"),
            text("device.backend"),
            text("device.name"),
            text("device.driver")),
        new Provenance.Platform(text("jdk"), text("os")),
        data(),
        commit(fields.containsKey("code.commit") ? "code" : "experiment"));
  }

  /// Until the commit came to stand beside it, the version was the only value.
  private TwisterVersion twister() throws IOException {
    return new TwisterVersion(
        text(fields.containsKey("twister") ? "twister" : "twister.version"), commit("twister"));
  }

  private Optional<Provenance.Commit> commit(String key) throws IOException {
    return fields.containsKey(key + ".commit")
        ? Optional.of(new Provenance.Commit(text(key + ".commit"), truth(key + ".dirty")))
        : Optional.empty();
  }

  private Provenance.Data data() throws IOException {
    return new Provenance.Data(
        text("data.file"),
        text("data.sha256"),
        (int) count("data.words", Integer.MAX_VALUE),
        (int) count("data.empty-lines", Integer.MAX_VALUE),
        count("data.examples", Long.MAX_VALUE),
        (int) count("data.symbols", Integer.MAX_VALUE),
        (int) count("data.contexts", Integer.MAX_VALUE),
        number("data.uniform-loss"),
        number("data.lowest-loss"));
  }

  /// The values whose keys begin so, by the rest of their keys.
  private Map<String, Object> below(String beginning) {
    Map<String, Object> below = new LinkedHashMap<>();
    fields.forEach(
        (key, value) -> {
          if (key.startsWith(beginning)) {
            below.put(key.substring(beginning.length()), value);
          }
        });
    return below;
  }

  private String text(String key) {
    return fields.getOrDefault(key, "").toString();
  }

  private String needed(String key) throws IOException {
    String text = text(key);
    if (text.isEmpty()) {
      throw new IOException(file + ": lacks " + key + ", which every run has");
    }
    return text;
  }

  private Instant instant(String key) throws IOException {
    try {
      return Instant.parse(needed(key));
    } catch (DateTimeException e) {
      throw problem(key, "a time such as 2026-01-31T12:00:00Z");
    }
  }

  private boolean truth(String key) throws IOException {
    if (fields.get(key) instanceof Boolean truth) {
      return truth;
    }
    throw problem(key, "true or false");
  }

  private double number(String key) throws IOException {
    Object value = fields.getOrDefault(key, Double.NaN);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw problem(key, "a number");
  }

  private long count(String key, long most) throws IOException {
    Object value = fields.getOrDefault(key, 0);
    boolean isWhole = value instanceof Integer || value instanceof Long;
    if (isWhole && ((Number) value).longValue() >= 0 && ((Number) value).longValue() <= most) {
      return ((Number) value).longValue();
    }
    throw problem(key, "a whole number from 0 to " + most);
  }

  private IOException problem(String key, String expected) {
    return new IOException(
        "%s: %s: expected %s, found '%s'".formatted(file, key, expected, text(key)));
  }
}
