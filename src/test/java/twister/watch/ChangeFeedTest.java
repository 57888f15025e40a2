package twister.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.spec.LossUnit;
import twister.tracking.ExperimentFolder;

class ChangeFeedTest {
  @TempDir private Path folder;

  @Test
  void pausesTakeMostOfTheTimeAndHaveAnEnd() {
    assertEquals(Duration.ofMillis(250), ChangeFeed.pause(Duration.ofMillis(1)));
    assertEquals(Duration.ofMillis(500), ChangeFeed.pause(Duration.ofMillis(10)));
    assertEquals(Duration.ofSeconds(1), ChangeFeed.pause(Duration.ofMillis(900)));
  }

  @Test
  void looksDoNotWaitForReaders() throws Exception {
    Path table = Files.writeString(folder.resolve("runs.csv"), "run,status\n");
    LiveExperiment experiment =
        new LiveExperiment(new ExperimentFolder(folder), LossUnit.NATS, false);
    String before = experiment.signature();
    Files.writeString(table, "run,status,started\n");
    synchronized (experiment) {
      String now = CompletableFuture.supplyAsync(experiment::signature).get(20, TimeUnit.SECONDS);
      assertFalse(now.equals(before), now);
    }
  }
}
