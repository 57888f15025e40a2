package twister.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepSearchTest {
  private static final double UNIFORM = Math.log(27);

  @TempDir private Path folder;

  /// The losses of the settings on each rung, the same on all.
  private List<List<Double>> rungs(double... losses) throws Exception {
    Files.writeString(folder.resolve("words.txt"), "emma\nolivia\nava\n");
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            name: x
            question: Which one?
            data: {file: words.txt}
            model: {kind: softmax}
            training: {steps: 90, learning-rate: 50}
            sweep:
              method: successive-halving
              runs: %d
              training.learning-rate: {linear: [1, 1000]}
            """
                .formatted(losses.length));
    Experiment sweep = Experiment.read(file, List.of(), List.of());
    List<String> first = sweep.runs().stream().map(SweepSearchTest::rate).toList();
    List<List<Double>> rungs = new ArrayList<>();
    new SweepSearch(
            sweep,
            settings -> {
              rungs.add(
                  settings.stream()
                      .map(seeds -> losses[first.indexOf(rate(seeds.getFirst()))])
                      .toList());
              return rungs.getLast();
            })
        .search();
    return rungs;
  }

  private static String rate(RunInputs run) {
    return run.spec().training().orElseThrow().learningRate().toString();
  }

  /// The nine settings of a perceptron after 30 steps, with losses far above ln 27.
  @Test
  void lowestLossesGoOnHoweverHighTheyAre() throws Exception {
    List<List<Double>> rungs =
        rungs(95.7, 137.6, 10.95, 401.2, 12.55, 3e20, Double.NaN, 16.62, Double.POSITIVE_INFINITY);
    assertEquals(List.of(9, 3, 1), rungs.stream().map(List::size).collect(Collectors.toList()));
    assertEquals(List.of(10.95, 12.55, 16.62), rungs.get(1));
    assertEquals(List.of(10.95), rungs.get(2));
  }

  @Test
  void divergedSettingsGoOnLast() throws Exception {
    double nothing = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    assertEquals(
        List.of(3e20, 1e38, infinite),
        rungs(nothing, infinite, nothing, 1e38, nothing, nothing, 3e20, nothing, nothing).get(1));
  }

  @Test
  void searchesAreToldOfEveryDifference() {
    double last = 0;
    for (double loss = 0.01; loss < 1e308; loss *= 1.5) {
      double value = SweepSearch.value(loss, UNIFORM);
      assertTrue(value > last, "the value of %s is not above %s".formatted(loss, last));
      assertTrue(loss > UNIFORM || value == loss);
      last = value;
    }
    assertTrue(SweepSearch.value(Double.MAX_VALUE, UNIFORM) < 7.7 * UNIFORM);
    assertEquals(8 * UNIFORM, SweepSearch.value(Double.POSITIVE_INFINITY, UNIFORM));
    assertEquals(9 * UNIFORM, SweepSearch.value(Double.NaN, UNIFORM));
    double step = 1e-6;
    assertEquals(1, (SweepSearch.value(UNIFORM + step, UNIFORM) - UNIFORM) / step, 1e-5);
  }
}
