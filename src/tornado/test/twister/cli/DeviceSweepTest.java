package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sweeps on the first device that TornadoVM finds, by the command line.
class DeviceSweepTest extends CommandLineTest {
  private static final String SOFTMAX = "model.kind=softmax";
  private static final String MLP = "model={kind: mlp, embedding: 3, hidden: 5}";

  private List<CSVRecord> sweep(Path to, String device, String model) throws IOException {
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
            "training.learning-rate=0.1,1," + most(model),
            "--sweep",
            "training.l2=0,0.01");
    assertEquals(ExitCode.SOME_RUNS_ENDED_BADLY, answer.code(), answer.err());
    return rows(to.resolve("small").resolve("runs.csv"));
  }

  /// A rate at which runs with L2 diverge within 20 steps. Those of a perceptron without L2 do not
  /// yet: where products of its weights overflow, the order of their sum decides what the loss is,
  /// if anything.
  private static double most(String model) {
    return model.equals(MLP) ? 1e18 : 1e30;
  }

  @ParameterizedTest
  @ValueSource(strings = {SOFTMAX, MLP})
  void findsWhatTheProcessorFinds(String model) throws IOException {
    List<CSVRecord> expected = sweep(folder.resolve("cpu"), "cpu", model);
    List<CSVRecord> actual = sweep(results, "0:0", model);
    assertEquals(6, actual.size());
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < actual.size(); i++) {
      for (String column : List.of("training.learning-rate", "training.l2", "status")) {
        assertEquals(expected.get(i).get(column), actual.get(i).get(column));
      }
      // With a higher rate, rounding decides what an unbounded loss is.
      if (Double.parseDouble(actual.get(i).get("training.learning-rate")) <= 1) {
        double loss = Double.parseDouble(expected.get(i).get("loss"));
        assertEquals(loss, Double.parseDouble(actual.get(i).get("loss")), 1e-4 * loss);
      }
    }
    assertTrue(actual.stream().anyMatch(row -> row.get("status").equals("diverged")));
  }

  @ParameterizedTest
  @ValueSource(strings = {SOFTMAX, MLP})
  void aLostRunIsTrainedAgainToTheSameBytes(String model) throws IOException {
    String lost = sweep(results, "0:0", model).getFirst().get("run");
    Path experiment = results.resolve("small");
    Map<String, String> undisturbed = Snapshot.of(experiment);
    Files.delete(experiment.resolve(lost).resolve("run.yaml"));
    Files.delete(experiment.resolve("runs.csv"));
    sweep(results, "0:0", model);
    assertEquals(undisturbed, Snapshot.of(experiment));
  }
}
