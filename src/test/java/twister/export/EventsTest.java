package twister.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, (byte) 0xff};

  private static List<String> golden() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    EventsTest.class.getResourceAsStream("/golden/tensorboard-events.txt")),
                StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @Test
  void eventsAreWrittenAsTensorBoardWritesThem() throws IOException {
    Events events = new Events(1764400000);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model.kind", "softmax");
    values.put("training.accumulate-gradients", false);
    values.put("training.l2", 0.0);
    List<byte[]> written =
        List.of(
            events.version(),
            events.experiment(
                List.of(
                    new Hyperparameter("model.kind", "kind", Hyperparameter.Kind.TEXT),
                    new Hyperparameter(
                        "training.accumulate-gradients",
                        "accumulate-gradients",
                        Hyperparameter.Kind.TRUTH),
                    new Hyperparameter("training.l2", "l2", Hyperparameter.Kind.NUMBER)),
                "final/dev_loss"),
            events.sessionStart(values, "setting-1"),
            events.scalar("loss", 0, 3.7590f),
            events.scalar("loss", 300, 0),
            events.text("samples", 300, List.of("junide.", "é\\*.")),
            events.image("charts/loss", 300, new Picture(1200, 800, PNG)),
            events.sessionEnd(Events.Ending.FAILURE, 0.25));
    HexFormat digits = HexFormat.of();
    assertEquals(golden(), written.stream().map(digits::formatHex).toList());
  }

  @Test
  void recordIsReadWithItsChecksums() throws IOException {
    byte[] record = new Events(1).scalar("loss", 7, 2.5f);
    assertArrayEquals(record, read(record).orElseThrow());
    for (int place = 0; place < record.length; place++) {
      byte[] damaged = record.clone();
      damaged[place] ^= 4;
      assertTrue(read(damaged).isEmpty(), "byte " + place);
      assertTrue(read(Arrays.copyOf(record, place)).isEmpty(), "torn at " + place);
    }
  }

  private static Optional<byte[]> read(byte[] bytes) throws IOException {
    return EventRecord.read(new ByteArrayInputStream(bytes));
  }
}
