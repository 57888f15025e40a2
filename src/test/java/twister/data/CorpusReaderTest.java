package twister.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

class CorpusReaderTest {
  @TempDir private Path folder;

  private Corpus corpus(String text) throws IOException, InvalidInputException {
    return corpus(text.getBytes(StandardCharsets.UTF_8));
  }

  private Corpus corpus(byte[] bytes) throws IOException, InvalidInputException {
    return CorpusReader.corpus(Files.write(folder.resolve("words"), bytes), "words.txt");
  }

  private String refusal(byte[] bytes) {
    List<Mistake> mistakes =
        assertThrows(InvalidInputException.class, () -> corpus(bytes)).mistakes();
    return mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n"));
  }

  private String refusal(String text) {
    return refusal(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"emma\nava\n", "emma\nava", "emma\r\nava\r\n", "\uFEFFemma\r\nava"})
  void lineEndsAndByteOrderMarkAreNoPartOfWords(String text) throws Exception {
    assertEquals(List.of("emma", "ava"), corpus(text).words());
  }

  @Test
  void emptyLinesAreSkippedAndCounted() throws Exception {
    Corpus corpus = corpus("\nemma\n\n  \r\nava\n\n");
    assertEquals(List.of("emma", "ava"), corpus.words());
    assertEquals(4, corpus.emptyLines());
  }

  @Test
  void hashIsThatOfTheFile() throws Exception {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", corpus("abc").sha256());
  }

  @Test
  void lettersOfEveryScriptAreKept() throws Exception {
    assertEquals(
        List.of("zoë", "Ωμέγα", "𐐷𐑌", "jo ann"), corpus("zoë\nΩμέγα\n𐐷𐑌\njo ann").words());
  }

  @Test
  void boundaryInAWordIsNamedWithItsPlace() {
    assertEquals(
        "words.txt:2:3: the word \"st.ann\" holds a full stop, which marks where words begin and"
            + " end; take it out",
        refusal("emma\nst.ann\n"));
  }

  @Test
  void columnsCountCodePoints() {
    assertEquals(
        "words.txt:1:3: white space (U+0009) here; allowed: one word per line, spaces only inside"
            + " it",
        refusal("𐐷𐑌\tx"));
  }

  @Test
  void everyMistakeIsReportedUntilThereAreTooMany() {
    List<String> lines = refusal("a.b\n".repeat(25)).lines().toList();
    assertEquals(11, lines.size());
    assertEquals("words.txt: and 15 more lines", lines.getLast());
  }

  @Test
  void spaceAtTheEndOfAWordIsRefused() {
    assertEquals(
        "words.txt:1:5: white space (U+0020) here; allowed: one word per line, spaces only inside"
            + " it",
        refusal("emma \nava"));
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirPlace() {
    assertEquals(
        "words.txt:2:2: is not UTF-8 text; allowed: one word per line, UTF-8",
        refusal(new byte[] {'a', '\n', 'b', (byte) 0xff, 'c'}));
  }

  @Test
  void sequenceCutOffAtTheEndIsRefused() {
    assertEquals(
        "words.txt:1:2: is not UTF-8 text; allowed: one word per line, UTF-8",
        refusal(new byte[] {'a', (byte) 0xc3}));
  }

  @Test
  void controlCharactersAreRefused() {
    assertEquals(
        "words.txt:1:2: the control character U+0000; allowed: text, one word per line",
        refusal("a\0b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n \n"})
  void fileWithoutAWordIsRefused(String text) {
    assertEquals("words.txt: holds no word; allowed: one word per line", refusal(text));
  }

  @Test
  void folderAndMissingFileAreRefused() {
    assertEquals(
        "here: is a folder; allowed: a text file with one word per line",
        assertThrows(InvalidInputException.class, () -> CorpusReader.corpus(folder, "here"))
            .getMessage());
    assertEquals(
        "gone: no such file",
        assertThrows(
                InvalidInputException.class,
                () -> CorpusReader.corpus(folder.resolve("gone"), "gone"))
            .getMessage());
  }
}
