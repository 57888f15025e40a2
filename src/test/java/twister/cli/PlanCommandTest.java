package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import twister.backend.DeviceModel;
import twister.backend.Workload;
import twister.experiment.DeviceModels;
import twister.experiment.FakeDevices;

class PlanCommandTest extends CommandLineTest {
  private Answer plan(String... sweeps) {
    Object[] all = new Object[4 + 2 * sweeps.length];
    all[0] = "plan";
    all[1] = small;
    all[2] = "--results";
    all[3] = results;
    for (int i = 0; i < sweeps.length; i++) {
      all[4 + 2 * i] = "--sweep";
      all[5 + 2 * i] = sweeps[i];
    }
    return twister(all);
  }

  @Test
  void saysHowManyRunsAndBatchesThereAreAndStartsNothing() {
    Answer answer =
        plan(
            "training.learning-rate=log(0.1,10,100)",
            "training.steps=1,2",
            "training.l2=0,1",
            "seeds=3");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("runs      1,200, of which 0 are in"), answer.out());
    assertTrue(answer.out().contains("batches   2 of 600 runs"), answer.out());
    assertTrue(answer.out().contains("time      about"), answer.out());
    assertFalse(Files.exists(results));
  }

  @Test
  void countsWhatIsThereAlready() {
    assertEquals(0, run("-q", small, "--sweep", "training.learning-rate=0.5,1").code());
    Answer answer = plan("training.learning-rate=0.5,1,2");
    assertTrue(answer.out().contains("runs      3, of which 2 are in"), answer.out());
    assertTrue(answer.out().contains("batches   1 of 1 run\n"), answer.out());

    Answer all = plan("training.learning-rate=0.5,1");
    assertTrue(all.out().contains("time      none, as all runs are trained"), all.out());
    Answer one = plan("training.learning-rate=0.5", "seeds=1");
    assertTrue(one.out().contains(", 1 seed each"), one.out());
  }

  @Test
  void longTrainingsAreCutIntoBatchesOfAFewSeconds() {
    Answer answer = plan("training.learning-rate=log(0.1,10,100)", "training.steps=100000,1000000");
    assertEquals(0, answer.code(), answer.err());
    String batches =
        answer.out().lines().filter(line -> line.contains("batches")).findFirst().orElseThrow();
    assertFalse(batches.contains(" 2 of 100"), batches);
  }

  @Test
  void timeIsThatOfTheDevicesOnceTheyWereMeasured() {
    FakeDevices gpus = new FakeDevices("A", "A");
    List<Workload> work = List.of(new Workload(Workload.Kind.EXAMPLES, 1, 1, 1e9, 0));
    assertEquals(
        "not known, as 0:0 was not measured yet; --measure measures it",
        PlanCommand.time(gpus.all(), work, 3));
    gpus.models = new DeviceModels(folder.resolve("devices.csv"), _ -> {});
    gpus.models.put(
        gpus.devices().getFirst(), Workload.Kind.EXAMPLES, new DeviceModel(0, 0, 2e-8, 1));
    assertEquals(
        "about 15 s on 0:0 and 0:1, 10 s of it training, as was measured",
        PlanCommand.time(gpus.all(), work, 3));
    assertEquals(
        "about 25 s on 0:0, 20 s of it training, as was measured",
        PlanCommand.time(gpus.all().first(), work, 3));
  }

  @Test
  void devicesAreMeasuredWhenItIsAskedFor() {
    Answer answer = twister("plan", small, "--results", results, "--measure");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("as was measured"), answer.out());
  }

  @Test
  void refusesWhatRunWouldRefuse() {
    Answer answer = plan("training.l2={log: [0.1, 1]}");
    assertEquals(ExitCode.WRONG_INPUT, answer.code());
    assertTrue(answer.err().contains("points"), answer.err());
  }
}
