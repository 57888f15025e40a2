package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;

/// The library is the judge of the rows that do without it.
class NumberRowsTest {
  private static final List<String> HEADER = List.of("a", "b");
  private static final double[] EDGES = {
    0,
    -0.0,
    1,
    -1,
    0.1,
    1e-3,
    9.999e-4,
    1e7,
    1e22,
    2.472652729127,
    Math.PI,
    -Math.E,
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    (float) Math.E
  };

  private static String library(int[] whole, double[] fractions) throws IOException {
    StringBuilder text = new StringBuilder();
    CSVPrinter printer = new CSVPrinter(text, Csv.format(HEADER));
    for (int i = 0; i < whole.length; i++) {
      printer.printRecord(whole[i], fractions[i]);
      printer.printRecord(fractions[i], whole[i], fractions[i]);
      printer.printRecord(fractions[i]);
    }
    return text.toString();
  }

  private static String own(int[] whole, double[] fractions) throws IOException {
    StringBuilder text = new StringBuilder();
    CSVPrinter header = new CSVPrinter(text, Csv.format(HEADER));
    header.flush();
    NumberRows rows = new NumberRows(text);
    for (int i = 0; i < whole.length; i++) {
      rows.add(whole[i]).add(fractions[i]).end();
      rows.add(fractions[i]).add(whole[i]).add(Double.toString(fractions[i])).end();
      rows.add(fractions[i]).end();
    }
    return text.toString();
  }

  private static void assertSame(String expected, String text) {
    assertIterableEquals(expected.lines().toList(), text.lines().toList());
    assertEquals(expected.length(), text.length());
  }

  @Test
  void numbersOfAnyBitsAreWrittenAsTheLibraryWritesThem() throws IOException {
    Random random = new Random(1);
    int[] whole = random.ints(100_000).toArray();
    double[] fractions = random.longs(whole.length).mapToDouble(Double::longBitsToDouble).toArray();
    assertSame(library(whole, fractions), own(whole, fractions));
  }

  @Test
  void lossesInSinglePrecisionAreWrittenAsTheLibraryWritesThem() throws IOException {
    Random random = new Random(2);
    int[] whole = random.ints(100_000, 0, 1000).toArray();
    double[] fractions =
        DoubleStream.generate(() -> (float) (2 + random.nextDouble()))
            .limit(whole.length)
            .toArray();
    assertSame(library(whole, fractions), own(whole, fractions));
  }

  @Test
  void edgesAreWrittenAsTheLibraryWritesThem() throws IOException {
    int[] whole = new int[EDGES.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = i % 2 == 0 ? Integer.MIN_VALUE + i : Integer.MAX_VALUE - i;
    }
    assertSame(library(whole, EDGES), own(whole, EDGES));
  }
}
