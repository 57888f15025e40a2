package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceOptionTest extends CommandLineTest {

  @Test
  void deviceThatIsNotThereIsRefusedAndNothingIsWritten() {
    Answer answer = run(small, "--device", "7:7");
    assertEquals(2, answer.code());
    assertTrue(answer.err().startsWith("--device 7:7: there is no device 7:7; there are: cpu"), answer.err());
    assertFalse(Files.exists(results));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GPU", "0: 1", "0:", "1"})
  void whatCouldNeverBeADeviceIsRefusedWithWhatCould(String device) {
    Answer answer = run(small, "--device", device);
    assertEquals(2, answer.code());
    assertTrue(
        answer.err().startsWith("--device " + device + ": no device, allowed: auto, cpu, gpu,"),
        answer.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void deviceIsKeptWithTheRun() throws IOException {
    Path run = runFolder(run("-q", small, "--device", "cpu"));
    assertTrue(Files.readString(run.resolve("run.yaml")).contains("index: cpu"));
    assertTrue(Files.readString(run.resolve("spec.yaml")).contains("device: cpu"));
    assertEquals(run, runFolder(run("-q", small)), "auto is the same run");
  }

  @Test
  void devicesAreListedTheProcessorFirst() {
    Answer answer = twister("devices");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().startsWith("DEVICE  TYPE"), answer.out());
    assertTrue(answer.out().lines().toList().get(1).startsWith("cpu     cpu   cpu"), answer.out());
  }
}
