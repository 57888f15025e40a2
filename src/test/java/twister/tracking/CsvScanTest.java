package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;

/// The library is the judge of the rows that do without it.
class CsvScanTest {
  private static final String[] PIECES = {
    "a", "bc", "1.5", "", ",", ",", ",", "\n", "\n", "\r\n", "é", "😀", "\u2028", " ", "+", "#",
    "\0"
  };

  private static final String[] HARD = {"\"q\"", "\"x,\"\"y\"\"\n\"", "\r", "a\"b"};

  private static List<List<String>> scanned(byte[] bytes, int most) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] to, int from, int count) {
            return super.read(to, from, Math.min(count, most));
          }
        };
    CsvScan.read(
        "f",
        slow,
        row -> {
          List<String> cells = new ArrayList<>();
          for (int place = 0; place < row.size(); place++) {
            String text = row.text(place);
            assertEquals(text, row.text(place, "bc"));
            assertEquals(text, row.text(place, "é"));
            cells.add(text);
          }
          rows.add(cells);
        });
    return rows;
  }

  private static List<List<String>> judged(String text) throws IOException {
    try (CSVParser parser = CSVFormat.DEFAULT.parse(new StringReader(text))) {
      return parser.stream().map(row -> List.of(row.values())).toList();
    }
  }

  private static String text(Random random, int pieces, boolean isHard) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
      if (isHard && random.nextInt(30) == 0) {
        // Where a cell begins, quotes are quotes.
        text.append(",").append(HARD[random.nextInt(HARD.length)]).append(",");
      }
    }
    return text.append("\n").toString();
  }

  @Test
  void rowsAreThoseOfTheLibraryWhereverTheBufferEnds() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      String text = text(random, random.nextInt(60), i % 2 == 0);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertEquals(judged(text), scanned(bytes, random.nextInt(1, 40)), text);
    }
    String large = text(random, 100_000, false);
    byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
    assertEquals(judged(large), scanned(bytes, Integer.MAX_VALUE));
    String wide = "x".repeat(100_000) + ",y\n";
    assertEquals(judged(wide), scanned(wide.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE));
  }

  @Test
  void lineWithoutAnEndIsNoRow() throws IOException {
    for (String text : new String[] {"a,b\nc,d", "a,b\n\"c\",d", "a,b\nc", "a,b\n"}) {
      assertEquals(
          List.of(List.of("a", "b")), scanned(text.getBytes(StandardCharsets.UTF_8), 100), text);
    }
    assertEquals(List.of(), scanned(new byte[0], 100));
  }

  @Test
  void linesAreCountedAcrossTheFirstQuote() throws IOException {
    List<Long> lines = new ArrayList<>();
    String text = "a\nb\n\nc\n\"d\ne\"\nf\n";
    CsvScan.read(
        "f",
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        row -> lines.add(row.line()));
    assertEquals(List.of(1L, 2L, 4L, 6L, 7L), lines);
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    for (String before : new String[] {"a\n", "\"a\"\n"}) {
      byte[] bytes = (before + "b#\n").getBytes(StandardCharsets.UTF_8);
      bytes[bytes.length - 2] = (byte) 0xff;
      String message =
          String.valueOf(assertThrows(IOException.class, () -> scanned(bytes, 9)).getMessage());
      assertTrue(message.matches("f(, line 2)?: not UTF-8 text"), message);
    }
  }

  @Test
  void quotesThatEndNowhereAreRefused() {
    for (String text : new String[] {"a\n\"b\n", "a\n\"b\"c\n"}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      String message =
          String.valueOf(assertThrows(IOException.class, () -> scanned(bytes, 9)).getMessage());
      assertTrue(message.startsWith("f: not CSV: "), message);
    }
  }
}
