package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BigramTableTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          .,.,1.5,0|       ; 2: count: expected a whole number of at least 0, found '1.5'
          .,.,-1,0|        ; 2: count: expected a whole number of at least 0, found '-1'
          .,.,1,0|.,.,1,0| ; 3: next: expected a symbol not seen before, found '.'
          .,.,1,0|.,a,1,0|b,.,1,0| ; 4: previous: expected 'a' in vocabulary order, found 'b'
          .,.,1,0|a,.,1,0| ; 3: previous: expected the end after the last pair, found 'a'
          """)
  void badBigramsAreRefusedWithFileAndLine(String rows, String message) throws IOException {
    assertRefused(rows, ", line " + message);
  }

  @ParameterizedTest
  @CsvSource({"'',1,0", "'.,.,1,0|.,a,1,0|a,.,1,0|',4,3"})
  void aTableThatIsNotSquareIsRefused(String rows, int expected, int found) throws IOException {
    assertRefused(
        rows, ": expected " + expected + " rows, one per pair of symbols, found " + found);
  }

  private void assertRefused(String rows, String message) throws IOException {
    String content = "previous,next,count,probability|" + rows;
    Path file = Files.writeString(folder.resolve("bigrams.csv"), content.replace("|", "\n"));

    IOException refused = assertThrows(IOException.class, () -> BigramTable.read(file));

    assertEquals(file + message, refused.getMessage());
  }

  @Test
  void anyUnicodeSymbolIsRead() throws IOException {
    List<String> symbols = List.of(".", " ", "\"", ",", "é", "\uD83D\uDE00", "\n");
    BigramTables.write(folder, BigramTables.random(symbols, 1));

    assertEquals(symbols, BigramTable.read(folder.resolve("bigrams.csv")).symbols());
  }
}
