package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("processor")
final class HostileFileTest {
  private Path folder;
  private ExperimentFile file;

  @BeforeEach
  void prepare(@TempDir Path temporary) {
    folder = temporary;
    file = new ExperimentFile(temporary);
  }

  @Test
  void refusesWhatIsNoFile() {
    assertEquals(List.of("x.yaml: no such file"), file.mistakes(folder.resolve("x.yaml")));
    assertEquals(List.of(folder + ": is a folder, not a file"), file.mistakes(folder));
  }

  @Test
  void refusesADevice() {
    Path device = Path.of("/dev/zero");
    assumeFalse(Files.notExists(device), "this system has no /dev/zero");
    assertEquals(List.of("/dev/zero: is not a regular file"), file.mistakes(device));
  }

  @Test
  void refusesAFileThatMayNotBeRead() throws IOException {
    Path secret = Files.writeString(folder.resolve("x.yaml"), ExperimentFile.COUNTS);
    assumeTrue(Files.getFileStore(secret).supportsFileAttributeView("posix"), "no permissions");
    Files.setPosixFilePermissions(secret, Set.of());
    assumeFalse(Files.isReadable(secret), "this user may read everything");
    assertEquals(List.of("x.yaml: cannot be read: permission denied"), file.mistakes(secret));
  }

  @Test
  void refusesALargeFileUnread() {
    assertEquals(
        List.of("x.yaml: has 1,000,001 bytes, allowed: at most 1,000,000"),
        file.mistakes(new byte[1_000_001]));
  }

  @ParameterizedTest
  @CsvSource({
    "6E616D653A20610A7175657374696F6E3A20FF, 2:11: found the byte 0xFF",
    "C3A9F09F98803A20C3, 1:5: found the byte 0xC3",
    "FFFE6E00, 1:1: found the byte 0xFF",
  })
  void refusesOtherEncodings(String bytes, String mistake) {
    assertEquals(
        List.of("x.yaml:" + mistake + ", which is not UTF-8 text"),
        file.mistakes(HexFormat.of().parseHex(bytes)));
  }

  @Test
  void refusesControlCharacters() {
    assertEquals(
        List.of("x.yaml:2:3: found the character U+0000, which no text file has"),
        file.mistakes("# é\n😀a\0"));
    assertEquals(
        List.of("x.yaml:1:1: found the character U+007F, which no text file has"),
        file.mistakes(new byte[] {0x7f, 'E', 'L', 'F', 0, 1}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | x.yaml: is empty",
        "\\n\\n | x.yaml: is empty",
        "# a\\n# b | x.yaml: has only comments",
        "--- | x.yaml:1:4: found nothing",
        "- a\\n- b | x.yaml:1:1: found a list",
        "bigram | x.yaml:1:1: found \"bigram\" (text)",
      })
  void refusesWhatHoldsNoKeys(String text, String mistake) {
    assertEquals(
        List.of(mistake + ", allowed: keys with values, such as name: bigram"),
        file.mistakes(text.replace("\\n", "\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: b: c | 1:5: not valid YAML: found a colon where no key can end; text with \": \" in it"
            + " needs quotes around it",
        "a:\\n\\tb: c | 2:1: not valid YAML: found a tab, allowed: spaces",
        "a: [1, 2\\n | 2:1: not valid YAML: expected ',' or ']', but got <stream end>, while"
            + " parsing a flow sequence from line 1",
        "a: 'x\\n | 2:1: not valid YAML: found unexpected end of stream, while scanning a quoted"
            + " scalar from line 1",
        "a: @x | 1:4: not valid YAML: found character '@' that cannot start any token",
        "a: \"\\U99999999\" | not valid YAML: found an escape beyond \\U0010FFFF",
      })
  void saysWhyAFileIsNotYaml(String text, String mistake) {
    String separator = Character.isDigit(mistake.charAt(0)) ? ":" : ": ";
    assertEquals(
        List.of("x.yaml" + separator + mistake),
        file.mistakes(text.replace("\\n", "\n").replace("\\t", "\t")));
  }

  @Test
  void refusesASecondDocument() {
    assertEquals(
        List.of("x.yaml:5:1: found a second document, allowed: one"),
        file.mistakes(ExperimentFile.COUNTS + "---\nname: b\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: again | 5:1: name: found a second time, given first at line 1",
        "charts: !!java.net.URL [a] | 5:9: charts: found the tag !!java.net.URL, allowed: no tag",
        "<<: {a: b} | 5:1: found a merge key (<<), allowed: the keys themselves",
        "? [a, b] | 5:3: found a list, a mapping or an alias as a key, allowed: text",
        "charts: *no | 5:9: charts: found the alias *no, but nothing above has the anchor &no",
        "charts: &a [*a] | 5:13: charts[0]: found the alias *a, which holds itself",
      })
  void refusesWhatAFileNeedNotHave(String line, String mistake) {
    assertEquals(List.of("x.yaml:" + mistake), file.mistakes(ExperimentFile.COUNTS + line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void refusesDeepNesting(String opening) {
    List<String> mistakes =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> file.mistakes(opening.repeat(100_000)));
    String found = ": found lists or mappings in one another, allowed: 20 levels";
    String last = mistakes.getLast();
    assertEquals(found, last.substring(last.length() - found.length()));
  }

  @Test
  void doesNotUnfoldAliases() {
    StringBuilder text = new StringBuilder(ExperimentFile.COUNTS);
    text.append("k0: &k0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 50; i++) {
      String aliases = String.join(", ", Collections.nCopies(10, "*k" + (i - 1)));
      text.append("k%d: &k%d [%s]\n".formatted(i, i, aliases));
    }
    text.append("charts: *k49\n");
    List<String> mistakes =
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> file.mistakes(text.toString()));
    assertEquals(60, mistakes.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "9", "'", "# ", "a\n", "a: \n", "[],", "&a ", "!", "é"})
  void readsAMegabyteOfAnythingInTime(String piece) {
    int bytes = piece.getBytes(StandardCharsets.UTF_8).length;
    String text = "steps: [" + piece.repeat(900_000 / bytes);
    List<String> mistakes =
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> file.mistakes(text));
    assertFalse(mistakes.isEmpty());
  }

  @Test
  void answersEveryDamagedFileWithMistakes() {
    String text = ExperimentFile.SOFTMAX + "samples: {seed: &s 5, count: 0x1F}\ncharts: [loss]\n";
    String pieces = "[]{}:,-?&*!|>'\"%@`#\\ \n\t0x9.eE+~<é😀\\U\\x\\u\uFEFF\u0085\u2028";
    Random random = new Random(20251122);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder damaged = new StringBuilder(text);
      for (int edit = random.nextInt(4); edit >= 0; edit--) {
        int at = random.nextInt(damaged.length());
        int piece = random.nextInt(pieces.length() - 2);
        String put = pieces.substring(piece, piece + 1 + random.nextInt(2));
        damaged.replace(at, at + random.nextInt(2), put);
      }
      for (String mistake : file.mistakes(damaged.toString())) {
        assertEquals("x.yaml:", mistake.substring(0, 7));
      }
    }
  }
}
