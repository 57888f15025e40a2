package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {
  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace("|", "\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,3.0,3.0,0.", "1,3.0", "1,3.0|", "1", ""})
  void aTornLastLineIsIgnored(String torn) throws IOException {
    Path file = file("metrics.csv", "step,loss,nll,learning_rate|0,3.5,3.5,1.0|" + torn);

    assertEquals(1, Metrics.read(file).size());
  }

  @Test
  void columnsAreFoundByNameAmongOthers() throws IOException {
    Path file = file("metrics.csv", "seconds,nll,step,loss|9,1.5,4,2.5|9,NaN,5,-Infinity|");

    Metrics metrics = Metrics.read(file);

    assertEquals(2.5, metrics.loss(0));
    assertEquals(1.5, metrics.nlls()[0]);
    assertEquals(5, metrics.step(1));
    assertEquals(Double.NEGATIVE_INFINITY, metrics.loss(1));
    assertTrue(metrics.isPenalized());
  }

  @Test
  void aLossEqualToTheNllHasNoPenalty() throws IOException {
    Path file = file("metrics.csv", "step,loss,nll|0,2.5,2.5|1,NaN,NaN|");

    assertFalse(Metrics.read(file).isPenalized());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          step,loss|0,1.0|                 ; , line 1: expected a column 'nll', found step,loss
          step,loss,nll|0,1.0,1.0|1,x,2.0| ; , line 3: loss: expected a number, found 'x'
          step,loss,nll|0,1.0|1,1.0,2.0|   ; , line 2: too few fields: found 2
          ''                               ; , line 1: expected a header row, found an empty file
          """)
  void badMetricsAreRefusedWithFileAndLine(String content, String message) throws IOException {
    Path file = file("metrics.csv", content);

    IOException refused = assertThrows(IOException.class, () -> Metrics.read(file));

    assertEquals(file + message, refused.getMessage());
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("metrics.csv");

    assertEquals(
        file + ": no such file",
        assertThrows(IOException.class, () -> Metrics.read(file)).getMessage());
  }

  @Test
  void bytesThatAreNotTextAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("metrics.csv"), new byte[] {'a', (byte) 0xff, '\n'});

    assertEquals(
        file + ", line 1: not UTF-8 text",
        assertThrows(IOException.class, () -> Metrics.read(file)).getMessage());
  }

  @Test
  void folderInPlaceOfAFileIsRefused() throws IOException {
    Path file = Files.createDirectory(folder.resolve("metrics.csv"));

    assertEquals(
        file + ": is no plain file",
        assertThrows(IOException.class, () -> Metrics.read(file)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "4.9E-324",
        "1.7976931348623157E308",
        "-0.0",
        "7",
        "2.4543291801",
        "0.12345678901234567890123",
        "123456789012345678901"
      })
  void everyNumberIsRead(String loss) throws IOException {
    Path file = file("metrics.csv", "step,loss,nll|0," + loss + ",1|");

    assertEquals(Double.parseDouble(loss), Metrics.read(file).loss(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", ".", "1-2", "1.2.3"})
  void whatIsNoNumberIsRefusedWithItsLine(String loss) throws IOException {
    Path file = file("metrics.csv", "step,loss,nll|0,2.5,1|1," + loss + ",1|");

    assertEquals(
        file + ", line 3: loss: expected a number, found '" + loss + "'",
        assertThrows(IOException.class, () -> Metrics.forEachLoss(file, (_, _) -> {}))
            .getMessage());
  }

  @Test
  void rowsOfAllTablesAreReadAsTheirWritersWriteThem() throws IOException {
    Path samples = folder.resolve("samples.csv");
    Path evaluation = folder.resolve("evaluation.csv");
    try (SamplesWriter names = new SamplesWriter(samples, Optional.empty());
        EvaluationWriter losses = new EvaluationWriter(evaluation, true, Optional.empty())) {
      names.append(9, List.of("a,b.", "."));
      names.append(19, List.of("\"\n.", "😀."));
      losses.append(9, "dev", 1 / 3.0);
      losses.append(19, "test", Double.NaN);
    }

    assertEquals(
        List.of(new Samples(9, List.of("a,b.", ".")), new Samples(19, List.of("\"\n.", "😀."))),
        Samples.read(samples));
    assertEquals(
        List.of(new Evaluation(9, "dev", 1 / 3.0), new Evaluation(19, "test", Double.NaN)),
        Evaluation.read(evaluation));
  }
}
