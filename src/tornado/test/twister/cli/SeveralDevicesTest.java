package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sweeps on the first two devices that TornadoVM finds, by the command line.
class SeveralDevicesTest extends CommandLineTest {

  private Map<String, String> losses(String device, String model) throws IOException {
    Path to = folder.resolve(device.replace(':', '-'));
    Answer answer =
        twister(
            "run",
            "-q",
            small,
            "--results",
            to,
            "--device",
            device,
            "--set",
            model,
            "--set",
            "training.steps=20",
            "--sweep",
            "training.learning-rate=log(0.1,10,6)",
            "--sweep",
            "training.l2=0,0.01");
    assertEquals(ExitCode.DONE, answer.code(), answer.err());
    Map<String, String> losses = new HashMap<>();
    for (CSVRecord row : rows(to.resolve("small").resolve("runs.csv"))) {
      losses.put(row.get("run"), row.get("loss"));
    }
    return losses;
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.kind=softmax", "model={kind: mlp, embedding: 3, hidden: 5}"})
  void eachRunHasTheBitsThatItsDeviceGivesItAlone(String model) throws IOException {
    assumeTrue(
        twister("devices").out().contains("\n0:1 "), "there is one device; POCL_DEVICES makes two");
    Map<String, String> alone = losses("0:0", model);
    alone.putAll(losses("0:1", model));
    Map<String, String> together = losses("0:0,0:1", model);
    assertEquals(12, together.size());
    together.forEach((run, loss) -> assertEquals(alone.get(run), loss, run));
  }
}
