package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

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
        plan("training.learning-rate=log(0.1,10,100)", "training.steps=1,2", "training.l2=0,1", "seeds=3");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("runs      1,200, of which 0 are in"), answer.out());
    assertTrue(answer.out().contains("batches   2 of 600"), answer.out());
    assertTrue(answer.out().contains("time      about"), answer.out());
    assertFalse(Files.exists(results));
  }

  @Test
  void countsWhatIsThereAlready() {
    assertEquals(0, run("-q", small, "--sweep", "training.learning-rate=0.5,1").code());
    Answer answer = plan("training.learning-rate=0.5,1,2");
    assertTrue(answer.out().contains("runs      3, of which 2 are in"), answer.out());
    assertTrue(answer.out().contains("batches   1 of 1"), answer.out());
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
  void refusesWhatRunWouldRefuse() {
    Answer answer = plan("training.l2={log: [0.1, 1]}");
    assertEquals(ExitCode.WRONG_INPUT, answer.code());
    assertTrue(answer.err().contains("points"), answer.err());
  }
}
