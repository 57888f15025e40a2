package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  @ParameterizedTest
  @CsvSource({
    "LOGARITHMIC, 0.1 1 10 100",
    "LOGARITHMIC, 0 0.001 0.01 0.1",
    "LOGARITHMIC, 1 5 10 50 100",
    "LOGARITHMIC, 0.1 100",
    "LINEAR, 1 2 3 4 5 6 7 8 9 10 11",
    "LINEAR, 50 100 200",
    "LINEAR, 0 10",
    "LINEAR, -1 1 10 100",
    "LINEAR, 0 25 50 75 100",
    "LINEAR, 7"
  })
  void theScaleFollowsFromTheDistancesOfTheValues(Scale scale, String values) {
    double[] numbers = Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();

    assertEquals(scale, Scale.of(numbers));
  }

  @Test
  void valuesDrawnAtRandomAreRecognised() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[] even = DoubleStream.generate(() -> random.nextDouble(0.001, 1)).limit(30).toArray();
      double[] powers =
          DoubleStream.generate(() -> Math.pow(10, random.nextDouble(-3, 0))).limit(30).toArray();

      assertEquals(Scale.LINEAR, Scale.of(Arrays.stream(even).sorted().toArray()));
      assertEquals(Scale.LOGARITHMIC, Scale.of(Arrays.stream(powers).sorted().toArray()));
    }
  }
}
