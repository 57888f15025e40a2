package twister.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFolderTest {
  private static final Events AT_100 = new Events(100);

  @TempDir Path folder;

  private static byte[] loss(int step) {
    return AT_100.scalar("loss", step, step);
  }

  private void write(byte[]... records) throws IOException {
    write(100, records);
  }

  private void write(long seconds, byte[]... records) throws IOException {
    new EventFolder(folder)
        .write(
            seconds,
            _ ->
                sink -> {
                  for (byte[] record : records) {
                    sink.accept(record);
                  }
                });
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path file() {
    return folder.resolve("events.out.tfevents.100.twister.0.0");
  }

  private static byte[] together(byte[]... records) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Stream.of(records).forEach(all::writeBytes);
    return all.toByteArray();
  }

  @Test
  void newRecordsAreAppendedAndWhatIsThereStays() throws IOException {
    write(loss(0), loss(1));
    Object inode = Files.getAttribute(file(), "unix:ino");
    write(loss(0), loss(1));
    assertArrayEquals(together(loss(0), loss(1)), Files.readAllBytes(file()));
    write(loss(0), loss(1), loss(2), loss(3));
    assertArrayEquals(together(loss(0), loss(1), loss(2), loss(3)), Files.readAllBytes(file()));
    assertEquals(inode, Files.getAttribute(file(), "unix:ino"), "the file is another one");
    assertEquals(List.of(file().getFileName().toString()), names());
  }

  @Test
  void recordThatComesLateIsAppended() throws IOException {
    byte[] late = AT_100.scalar("dev_loss", 1, 2);
    write(loss(0), loss(1), loss(1), loss(2));
    write(loss(0), loss(1), late, loss(1), loss(2), loss(3));
    byte[] expected = together(loss(0), loss(1), loss(1), loss(2), late, loss(3));
    assertArrayEquals(expected, Files.readAllBytes(file()));
    write(loss(0), loss(1), late, loss(1), loss(2), loss(3));
    assertArrayEquals(expected, Files.readAllBytes(file()));
  }

  @Test
  void tornRecordIsCutOff() throws IOException {
    write(loss(0), loss(1));
    byte[] all = Files.readAllBytes(file());
    for (int left = loss(0).length; left < all.length; left += 7) {
      Files.write(file(), Arrays.copyOf(all, left));
      write(loss(0), loss(1), loss(2));
      assertArrayEquals(together(loss(0), loss(1), loss(2)), Files.readAllBytes(file()));
    }
  }

  @Test
  void fileWithWhatIsNoLongerTrueGivesWayToAnother() throws IOException {
    write(loss(0), loss(1));
    Files.writeString(folder.resolve("events.out.tfevents.100.other.0.0"), "of somebody else");
    write(loss(0), loss(5));
    assertEquals(
        List.of("events.out.tfevents.100.other.0.0", "events.out.tfevents.100.twister.0.1"),
        names());
    assertArrayEquals(
        together(loss(0), loss(5)),
        Files.readAllBytes(folder.resolve("events.out.tfevents.100.twister.0.1")));
    write(loss(0));
    assertTrue(names().contains("events.out.tfevents.100.twister.0.2"), names().toString());
  }

  @Test
  void fileKeepsTheTimeItBeganWith() throws IOException {
    write(loss(0));
    write(101, loss(0), loss(1));
    assertEquals(List.of(file().getFileName().toString()), names());
  }

  @Test
  void linkAndFolderInThePlaceOfTheFileAreRefused() throws IOException {
    Path elsewhere = folder.resolveSibling("elsewhere");
    Files.write(elsewhere, loss(0));
    Files.createSymbolicLink(file(), elsewhere);
    IOException link = assertThrows(IOException.class, () -> write(loss(0), loss(1)));
    assertTrue(String.valueOf(link.getMessage()).contains("is a link"));
    assertArrayEquals(loss(0), Files.readAllBytes(elsewhere));
    Files.delete(file());
    Files.createDirectory(file());
    IOException inTheWay = assertThrows(IOException.class, () -> write(loss(0)));
    assertTrue(String.valueOf(inTheWay.getMessage()).contains("is no plain file"));
    Files.delete(elsewhere);
  }

  @Test
  void failureLeavesTheFileAsItWas() throws IOException {
    write(loss(0));
    Files.write(file(), new byte[] {1, 2}, StandardOpenOption.APPEND);
    byte[] before = Files.readAllBytes(file());
    assertThrows(
        IOException.class,
        () ->
            new EventFolder(folder)
                .write(
                    100,
                    _ ->
                        sink -> {
                          sink.accept(loss(0));
                          sink.accept(loss(1));
                          throw new IOException("is not what was written");
                        }));
    assertArrayEquals(before, Files.readAllBytes(file()));
  }
}
