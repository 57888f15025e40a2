package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunsTableTest {
  private static final String HEADER = "run,status,device,training.l2,steps,loss\n";

  @TempDir Path folder;

  private RunsTable read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private RunsTable read(byte[] bytes) throws IOException {
    RunsOfTests.write(folder, bytes);
    return RunsTable.read(new ExperimentFolder(folder));
  }

  private String problem(byte[] bytes) {
    return String.valueOf(assertThrows(IOException.class, () -> read(bytes)).getMessage());
  }

  @Test
  void cellsAreFoundByTheirColumns() throws IOException {
    RunsTable table = read(HEADER + "a,finished,cpu,0.1,100,2.5\nb,diverged,cpu,,12,NaN\n");
    assertEquals(folder.getFileName().toString(), table.experiment());
    assertEquals(List.of("training.l2"), table.settings());
    assertEquals("cpu", table.rows().get(1).text("device"));
    assertEquals(2.5, table.rows().get(0).number("loss"));
    assertTrue(Double.isNaN(table.rows().get(1).number("loss")));
    assertEquals("", table.rows().get(1).text("dev_loss"));
    assertEquals(RunStatus.DIVERGED, table.rows().get(1).status());
    assertFalse(table.differs("device"));
    assertTrue(table.differs("training.l2"));
    assertEquals(
        Map.of(RunStatus.FINISHED, 1L, RunStatus.DIVERGED, 1L), RunsTable.statuses(table.rows()));
  }

  @Test
  void quotesChangeNothingButTheCellsThatNeedThem() throws IOException {
    String rows = "a,finished,cpu,0.1,100,2.5\n\nb,finished,cpu,0.1,100,2.5\r\nc,running,,,,\n";
    RunsTable plain = read(HEADER + rows);
    RunsTable quoted = read(HEADER + rows + "d,finished,\"x, \"\"y\"\"\",1,2,3\n");
    assertEquals(
        plain.rows().stream().map(RunsTable.Row::cells).toList(),
        quoted.rows().stream().limit(3).map(RunsTable.Row::cells).toList());
    assertEquals("x, \"y\"", quoted.rows().getLast().text("device"));
  }

  @Test
  void lineWithoutAnEndIsNoRow() throws IOException {
    assertEquals(
        1, read(HEADER + "a,finished,cpu,0,100,2.5\nb,finished,cpu,0,100,2.4").rows().size());
    assertEquals(1, read(HEADER + "a,finished,cpu,0,100,2.5\nb,fin").rows().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,finished,cpu,0,100,2.5;b,finished,cpu                | line 3: expected 6 cells",
        "a,finished,cpu,0,100,2.5;;b,fine,cpu,0,100,2.5         | line 4: expected a status (",
        "a,finished,cpu,0,100,2.5;b,finished,cpu,0,100,x        | line 3: expected a number as"
            + " loss, found 'x'",
        "a,finished,cpu,0,1d,2.5                                | line 2: expected a number as"
            + " steps, found '1d'",
        "a,finished,cpu,0,100,2.5;b,finished,\"c\"u,0,100,x     | not CSV",
        "a,finished,cpu,0,100,2.5;b,finished,cpu,0,100,2.5,\"q\"| line 3: expected 6 cells",
      })
  void damagedRowIsNamedByItsLine(String rows, String expected) {
    String text = HEADER + rows.replace(';', '\n') + "\n";
    String message = problem(text.getBytes(StandardCharsets.UTF_8));
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("twister doctor makes it anew"), message);
  }

  @Test
  void bytesThatAreNoTextAreNamedByTheirLine() {
    byte[] bytes = (HEADER + "a,finished,cpu,0,100,2.5\nb,#\n").getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xff;
    String message = problem(bytes);
    assertTrue(message.contains("runs.csv, line 3: not UTF-8 text; twister doctor"), message);
  }

  @Test
  void headerIsNeeded() {
    for (String text :
        List.of("", "no end", "a,b\n", "run,status,steps,loss,loss\n", "\0\u001b[31m\n")) {
      String message = problem(text.getBytes(StandardCharsets.UTF_8));
      assertTrue(message.contains("line 1: "), message);
      assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
  }

  @Test
  void numbersAreThoseThatTwisterWrites() {
    for (String number : List.of("0", "-1", "1.0E-4", "2.5", "Infinity", "-Infinity")) {
      assertEquals(Double.parseDouble(number), RunsTable.number(number));
    }
    for (String word : List.of("", "NaN", "1d", "12ef", "1f", "x", "until 10 rate 5.0")) {
      assertTrue(Double.isNaN(RunsTable.number(word)), word);
    }
  }

  /// A setting that one kind of models has varies where it has two values, not beside the others.
  @Test
  void whatComesWithAKindDoesNotVary() {
    RunsTable table =
        RunsTable.of(
            "kinds",
            List.of("run", "model.kind", "model.hidden", "training.l2", "data.order"),
            List.of(
                List.of("a", "softmax", "", "0.0", "2"),
                List.of("b", "mlp", "100", "0.0", ""),
                List.of("c", "softmax", "", "0.1", "2")));
    assertEquals(List.of("model.kind", "training.l2"), table.varying());
    RunsTable sizes =
        RunsTable.of(
            "sizes",
            List.of("run", "model.kind", "model.hidden"),
            List.of(
                List.of("a", "softmax", ""), List.of("b", "mlp", "100"), List.of("c", "mlp", "9")));
    assertEquals(List.of("model.kind", "model.hidden"), sizes.varying());
    RunsTable added =
        RunsTable.of(
            "added",
            List.of("run", "model.kind", "training.stop"),
            List.of(List.of("a", "softmax", ""), List.of("b", "softmax", "10")));
    assertEquals(List.of("training.stop"), added.varying());
  }
}
