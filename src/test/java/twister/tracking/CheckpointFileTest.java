package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.backend.RunState;
import twister.training.EarlyStop;
import twister.training.RunProgress;
import twister.training.Trainer;

class CheckpointFileTest {
  @TempDir private Path folder;
  private Path file;
  private Path samples;

  @BeforeEach
  void writeCheckpoint() throws IOException {
    file = folder.resolve("checkpoint.bin");
    samples = folder.resolve("samples.csv");
    try (SamplesWriter names = new SamplesWriter(samples, Optional.empty())) {
      names.append(3, List.of("ana.", "eve."));
      CheckpointFile.write(file, checkpoint(names.flush()));
      names.append(9, List.of("ida."));
    }
  }

  private static Checkpoint checkpoint(GrownTable samples) {
    EarlyStop.Look look = new EarlyStop.Look(7, -0.0, new double[] {1e-320, 2});
    return new Checkpoint(
        "origin\nof ü",
        Instant.parse("2026-11-28T00:02:15.123456789Z"),
        61.25,
        1L << 40,
        Map.of("samples.csv", samples),
        new RunProgress(
            12,
            new RunState(
                new double[] {Double.NaN, -1}, new double[] {3}, new double[] {Double.MAX_VALUE}),
            Optional.of(new EarlyStop.State(Optional.of(look), Optional.empty(), 2.5, 10, 0.1, 4)),
            Optional.of(
                new Trainer.Result(
                    Trainer.Ending.PATIENCE_LOST, 12, 2.5, 2.25, Optional.of(look)))));
  }

  @Test
  void everyPartComesBack() {
    Checkpoint read = CheckpointFile.read(file).orElseThrow();
    Checkpoint written = checkpoint(read.table("samples.csv").orElseThrow());
    assertEquals(written.origin(), read.origin());
    assertEquals(written.started(), read.started());
    assertEquals(61.25, read.seconds());
    assertEquals(1L << 40, read.drawn());
    assertEquals(Optional.empty(), read.table("metrics.csv"));
    RunProgress progress = read.progress();
    assertEquals(12, progress.steps());
    assertArrayEquals(new double[] {Double.NaN, -1}, progress.state().weights());
    assertArrayEquals(new double[] {3}, progress.state().gradients());
    assertArrayEquals(new double[] {Double.MAX_VALUE}, progress.state().shifts());
    EarlyStop.State stop = progress.stop().orElseThrow();
    assertEquals(7, stop.best().orElseThrow().step());
    assertEquals(-0.0, stop.best().orElseThrow().loss());
    assertArrayEquals(new double[] {1e-320, 2}, stop.best().orElseThrow().weights());
    assertEquals(Optional.empty(), stop.waiting());
    assertEquals(List.of(2.5, 0.1), List.of(stop.lowest(), stop.sum()));
    assertEquals(List.of(10, 4), List.of(stop.lowestAt(), stop.summed()));
    Trainer.Result result = progress.result().orElseThrow();
    assertEquals(Trainer.Ending.PATIENCE_LOST, result.ending());
    assertEquals(List.of(2.5, 2.25), List.of(result.loss(), result.nll()));
    assertEquals(7, result.best().orElseThrow().step());
  }

  /// Nobody may go on from what is not what was written.
  @Test
  void everyTornOrChangedFileIsNoCheckpoint() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertEquals(Optional.empty(), CheckpointFile.read(file), "cut after " + length);
    }
    for (int place = 0; place < whole.length; place++) {
      byte[] changed = whole.clone();
      changed[place] ^= 0x10;
      Files.write(file, changed);
      assertEquals(Optional.empty(), CheckpointFile.read(file), "changed at " + place);
    }
  }

  @Test
  void tableThatIsNotWhatWasWrittenMakesNoCheckpoint() throws IOException {
    byte[] whole = Files.readAllBytes(samples);
    Files.write(samples, Arrays.copyOf(whole, 20));
    assertEquals(Optional.empty(), CheckpointFile.read(file));
    byte[] changed = whole.clone();
    changed[25] ^= 1;
    Files.write(samples, changed);
    assertEquals(Optional.empty(), CheckpointFile.read(file));
    Files.delete(samples);
    assertEquals(Optional.empty(), CheckpointFile.read(file));
  }

  @Test
  void tableGrowsOnFromTheCheckpoint() throws IOException {
    Optional<GrownTable> there = CheckpointFile.read(file).orElseThrow().table("samples.csv");
    try (SamplesWriter names = new SamplesWriter(samples, there)) {
      names.append(10, List.of("ulf."));
    }
    assertEquals("step,position,name\n3,1,ana.\n3,2,eve.\n10,1,ulf.\n", Files.readString(samples));
    Files.writeString(samples, "step,position,name\n3,1,eva.\n3,2,eve.\n10,1,ulf.\n");
    assertThrows(IOException.class, () -> new SamplesWriter(samples, there));
  }
}
