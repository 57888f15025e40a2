package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  private static List<String> labels(Axis axis, double smallest) {
    return axis.ticks(4, smallest).stream().map(Axis.Tick::label).toList();
  }

  @Test
  void ticksAreRoundNumbersWithTheSameDecimals() {
    Axis axis = new Axis(Scale.LINEAR, 2.3, 3.9, 600, 0);

    assertEquals(List.of("2.5", "3.0", "3.5"), labels(axis, 0));
  }

  @Test
  void fewStepsHaveNoTicksBetweenThem() {
    assertEquals(List.of("0", "1", "2"), labels(new Axis(Scale.LINEAR, 0, 2, 0, 900), 1));
  }

  @Test
  void aLogarithmicAxisShowsPowersOfTen() {
    Axis axis = new Axis(Scale.LOGARITHMIC, -0.3, 310, 600, 0);

    assertEquals(List.of("1", "10¹⁰⁰", "10²⁰⁰", "10³⁰⁰"), labels(axis, 0));
  }

  @Test
  void powersOfTenAreOfOneStyle() {
    assertEquals(
        List.of("0.001", "0.01", "0.1", "1"),
        labels(new Axis(Scale.LOGARITHMIC, -3, 0.3, 9, 0), 0));
    assertEquals(
        List.of("1", "10¹", "10²", "10³", "10⁴", "10⁵"),
        new Axis(Scale.LOGARITHMIC, 0, 5, 9, 0)
            .ticks(6, 0).stream().map(Axis.Tick::label).toList());
  }

  @Test
  void anAxisMayBeAsLongAsTheNumbers() {
    Axis axis = new Axis(Scale.LINEAR, -Double.MAX_VALUE, Double.MAX_VALUE, 0, 100);

    assertEquals(50, axis.pixel(0), 1e-9);
    assertEquals(List.of("−10³⁰⁸", "0", "10³⁰⁸"), labels(axis, 0));
  }

  @Test
  void valuesOffTheAxisAreDrawnAtItsEnds() {
    Axis axis = new Axis(Scale.LOGARITHMIC, 0, 3, 600, 0);

    assertEquals(400, axis.pixel(10), 1e-9);
    assertEquals(600, axis.pixel(0));
    assertEquals(0, axis.pixel(1e300));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0;0",
        "2.50;2.50",
        "-0.5;−0.5",
        "9000;9000",
        "1000000;1,000,000",
        "20000000;2×10⁷",
        "0.000015;1.5×10⁻⁵"
      })
  void numbersAreWrittenShort(String number, String text) {
    assertEquals(text, Numbers.text(new BigDecimal(number)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0 5000 10000;0 5,000 10,000",
        "0 2000 4000;0 2000 4000",
        "-500 0 20000;−500 0 20,000",
        "0 5000000 10000000;0 5×10⁶ 10⁷",
        "0.00000 0.00005 0.00010;0.00000 0.00005 0.00010",
        "0 -0.00002;0 −2×10⁻⁵",
      })
  void labelsOfAnAxisAreOfOneStyle(String numbers, String labels) {
    List<BigDecimal> all = Stream.of(numbers.split(" ")).map(BigDecimal::new).toList();
    assertEquals(labels, String.join(" ", Numbers.texts(all)));
  }
}
