package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import twister.faults.FaultyFiles;

/// Rows that are written while others are appended.
@Timeout(60)
class GrowingTableTest {
  @TempDir private Path folder;

  private GrowingTable table(Path file) throws IOException {
    return new GrowingTable(file, List.of("a"), Optional.empty());
  }

  @Test
  void whoeverAppendsDoesNotWaitForTheDisk() throws IOException {
    CountDownLatch isFree = new CountDownLatch(1);
    AtomicInteger writes = new AtomicInteger();
    Path file =
        FaultyFiles.through(
            (change, _) -> {
              if (change.equals("write") && writes.incrementAndGet() == 2) {
                await(isFree);
              }
            },
            folder.resolve("a.csv"));
    try (GrowingTable table = table(file)) {
      for (int row = 0; row < 1000; row++) {
        int number = row;
        table.append(rows -> rows.printRecord(number));
      }
      assertTrue(writes.get() <= 2, "what came while the disk was busy is written at once");
      isFree.countDown();
    }
    assertEquals(1001, Files.readAllLines(file).size());
    assertEquals("999", Files.readAllLines(file).getLast());
    assertTrue(writes.get() <= 4, writes + " writes");
  }

  @Test
  void rowsOfADraftAreThereBeforeItsEnd() throws IOException, InterruptedException {
    Path draft = Files.createDirectory(folder.resolve(".j35882d4cdb9.draft"));
    Path file = draft.resolve("a.csv");
    try (GrowingTable table = table(file)) {
      assertTrue(Files.notExists(file), "few new rows are not worth a write");
      // A class with a time limit.
      while (Files.notExists(file)) {
        Thread.sleep(100);
        table.append(rows -> rows.printRecord(1));
      }
    }
    assertTrue(Files.readAllLines(file).size() > 10);
  }

  @Test
  void rowsThatCannotBeWrittenAreToldOnceAndNoneOfThemIsKept() throws IOException {
    AtomicInteger writes = new AtomicInteger();
    Path file =
        FaultyFiles.through(
            (change, path) -> {
              if (change.equals("write") && writes.incrementAndGet() == 2) {
                throw new IOException("No space left on device"); // As the JDK says it: of no file.
              }
            },
            folder.resolve("a.csv"));
    GrowingTable table = table(file);
    table.append(rows -> rows.printRecord("x".repeat(1000)));
    IOException problem = assertThrows(IOException.class, table::flush);
    assertEquals(folder.resolve("a.csv") + ": No space left on device", problem.getMessage());
    assertEquals(List.of("a"), Files.readAllLines(file));
    table.close();
    assertEquals(List.of("a"), Files.readAllLines(file));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
