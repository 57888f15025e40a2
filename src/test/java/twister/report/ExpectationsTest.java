package twister.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.spec.ExpectSpec;

class ExpectationsTest {
  @TempDir private Path folder;
  private Path metrics = Path.of("");

  @BeforeEach
  void writeMetrics() throws IOException {
    metrics = folder.resolve("metrics.csv");
    Files.writeString(
        metrics, "step,loss,nll,learning_rate\n0,3.5,3.5,1.0\n1,3.25,3.25,1.0\n2,Infinity,1,1.0\n");
  }

  private Expectations expectations(Map<Integer, Double> losses) throws IOException {
    return Expectations.of(new ExpectSpec(new TreeMap<>(losses), 0.01), metrics);
  }

  @Test
  void nearLossesAreMet() throws IOException {
    Expectations met = expectations(Map.of(0, 3.505, 1, 3.25));
    assertTrue(met.areMet());
    assertEquals(
        "2 of 2 losses are within 1.0e-02 of the expected, the farthest 5.0e-03 away", met.text());
  }

  @Test
  void farInfiniteAndMissingLossesAreNotMet() throws IOException {
    Expectations missed = expectations(Map.of(0, 3.5, 1, 3.5, 2, 3.0, 7, 2.0));
    assertFalse(missed.areMet());
    assertEquals(
        """
        NOT MET: 3 of 4 losses are farther than 1.0e-02 from the expected
                    step 1: expected 3.5, measured 3.25, difference -2.5e-01
                    step 2: expected 3.0, measured Infinity, difference Infinity
                    step 7: expected 2.0, measured NaN, difference NaN""",
        missed.text());
  }
}
