package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.tracking.Metrics;

class LossScanTest {
  @TempDir Path folder;

  private List<Double> losses(String text) throws IOException {
    Path file = folder.resolve("metrics.csv");
    Files.writeString(file, text);
    List<Double> losses = new ArrayList<>();
    LossScan.read(file, (step, loss) -> losses.add(loss));
    return losses;
  }

  @Test
  void theLossesAreThoseOfTheSlowReaderButForTheirLastBit() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("step,loss,nll,learning_rate\n");
    for (int step = 0; step < 5000; step++) {
      double loss = random.nextDouble() * Math.pow(10, random.nextInt(-12, 300));
      text.append(step + "," + (step % 7 == 0 ? -loss : loss) + ",1.0,0.5\n");
    }
    List<Double> fast = losses(text.toString());
    Metrics metrics = Metrics.read(folder.resolve("metrics.csv"));
    Curve slow = new Curve(metrics.steps(), metrics.losses());

    assertEquals(slow.size(), fast.size());
    for (int point = 0; point < slow.size(); point++) {
      assertEquals(slow.value(point), fast.get(point), Math.ulp(slow.value(point)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "4.9E-324",
        "1.7976931348623157E308",
        "0.0",
        "-0.0",
        "7",
        "0.12345678901234567890123",
        "123456789012345678901"
      })
  void everyNumberIsRead(String loss) throws IOException {
    assertEquals(
        List.of(Double.parseDouble(loss)),
        losses("step,loss,nll,learning_rate\n0," + loss + ",1,\n"));
  }

  @Test
  void columnsMayStandInAnyOrderAndLinesEndAsOnWindows() throws IOException {
    assertEquals(List.of(2.5, 2.25), losses("nll,loss,step\r\n1,2.5,0\r\n1,2.25,1\r\n"));
  }

  @Test
  void aTornLastLineIsPassedOver() throws IOException {
    assertEquals(List.of(2.5), losses("step,loss,nll\n0,2.5,1\n1,2."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,x,1", "1,,1", "1,.,1", "1", "1,1-2,1", "1,1.2.3,1"})
  void whatIsNoNumberIsRefusedWithItsLine(String row) throws IOException {
    IOException refusal =
        assertThrows(IOException.class, () -> losses("step,loss,nll\n0,2.5,1\n" + row + "\n"));

    String start = folder.resolve("metrics.csv") + ", line 3: expected a number, found '";
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(start), refusal::toString);
  }

  @Test
  void missingFilesAndColumnsAreNamed() throws IOException {
    Path file = folder.resolve("metrics.csv");
    assertEquals(
        file + ": no such file",
        assertThrows(IOException.class, () -> LossScan.read(file, (step, loss) -> {}))
            .getMessage());
    assertEquals(
        file + ", line 1: expected columns 'step' and 'loss', found 'step,nll'",
        assertThrows(IOException.class, () -> losses("step,nll\n0,1\n")).getMessage());
    assertEquals(
        file + ", line 1: expected a header row, found an empty file",
        assertThrows(IOException.class, () -> losses("")).getMessage());
  }
}
