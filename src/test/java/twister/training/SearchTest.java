package twister.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.spec.SweepMethod;

class SearchTest {
  private static double valley(double[] point) {
    double sum = 0;
    for (int i = 0; i < point.length; i++) {
      double distance = point[i] - 0.3 - 0.1 * i;
      sum += (1 + 3 * i) * distance * distance;
    }
    return sum;
  }

  private static List<double[]> points(SweepMethod method, int dimensions, int count, long seed) {
    List<double[]> points = new ArrayList<>();
    Search.minimise(
        method,
        dimensions,
        count,
        seed,
        point -> {
          points.add(point.clone());
          return valley(point);
        });
    return points;
  }

  @ParameterizedTest
  @CsvSource({
    "CMA_ES, 1, 60",
    "CMA_ES, 2, 150",
    "CMA_ES, 3, 250",
    "BOBYQA, 2, 40",
    "BOBYQA, 3, 60"
  })
  void findsTheLowestPointOfAValleyWithinTheCube(SweepMethod method, int dimensions, int count) {
    List<double[]> points = points(method, dimensions, count, 7);
    assertTrue(points.size() <= count, points.size() + " points");
    double[] best =
        points.stream().min(Comparator.comparingDouble(SearchTest::valley)).orElseThrow();
    for (int i = 0; i < dimensions; i++) {
      assertEquals(0.3 + 0.1 * i, best[i], 0.01);
    }
    for (double[] point : points) {
      for (double coordinate : point) {
        assertTrue(coordinate >= 0 && coordinate <= 1, "outside: " + coordinate);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"CMA_ES, 3", "BOBYQA, 3"})
  void asksForTheSamePointsAgain(SweepMethod method, int dimensions) {
    List<double[]> first = points(method, dimensions, 30, 5);
    List<double[]> again = points(method, dimensions, 30, 5);
    List<double[]> longer = points(method, dimensions, 40, 5);
    assertEquals(first.size(), again.size());
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i), again.get(i));
      assertArrayEquals(first.get(i), longer.get(i));
    }
  }
}
