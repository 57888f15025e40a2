package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [Metrics] of long files in few points.
class CsvWindowsTest {
  private static final int STEPS = 100_000;
  private static final int MOST = 11;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeLossesThatAreTwiceTheirStep() throws IOException {
    file = folder.resolve("metrics.csv");
    write("");
  }

  private void write(String last) throws IOException {
    StringBuilder text = new StringBuilder("step,loss,nll\n");
    for (int step = 0; step < STEPS; step++) {
      text.append("%06d,%07d,0\n".formatted(step, 2 * step));
    }
    Files.writeString(file, text + last);
  }

  private List<double[]> points(int most) throws IOException {
    List<double[]> points = new ArrayList<>();
    Metrics.forEachLoss(file, most, (step, loss) -> points.add(new double[] {step, loss}));
    return points;
  }

  @Test
  void pointsAreMeansAtPlacesFromTheFirstStepToTheLast() throws IOException {
    List<double[]> points = points(MOST);

    assertEquals(MOST, points.size());
    // 963 rows of 17 bytes fit into 16 KiB.
    assertEquals(481, points.getFirst()[0]);
    assertEquals(STEPS - 1 - 481, points.getLast()[0]);
    for (int point = 0; point < MOST; point++) {
      double[] stepAndLoss = points.get(point);
      assertEquals(2 * stepAndLoss[0], stepAndLoss[1]);
      assertEquals(point * STEPS / (MOST - 1.0), stepAndLoss[0], 500);
    }
  }

  @Test
  void aTornLastLineIsPassedOver() throws IOException {
    write("%06d,9".formatted(STEPS));

    assertEquals(STEPS - 1 - 481, points(MOST).getLast()[0], 1);
  }

  @Test
  void whatLiesBetweenTheWindowsIsNotRead() throws IOException {
    String text = Files.readString(file);
    int between = text.length() / 2 / (MOST - 1);
    Files.writeString(file, text.substring(0, between) + "\nx,y,z\n" + text.substring(between));

    assertEquals(MOST, points(MOST).size());
    assertThrows(IOException.class, () -> Metrics.forEachLoss(file, (_, _) -> {}));
  }

  @Test
  void aShortFileIsReadStepByStep() throws IOException {
    List<double[]> points = points(200);

    assertEquals(STEPS, points.size());
    assertArrayEquals(new double[] {7, 14}, points.get(7));
  }
}
