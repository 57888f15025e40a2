package twister.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.spec.CorpusFormat;
import twister.spec.WordForm;
import twister.spec.WordForm.Normalisation;
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

  private static CorpusFormat lines(WordForm form) {
    return new CorpusFormat.Words(Optional.empty(), '.', form);
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

  /// Every white space of Unicode 16 (the property White_Space and the spaces of no break).
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x09, 0x0b, 0x0c, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2007, 0x200a, 0x2028, 0x2029, 0x202f,
        0x205f, 0x3000
      })
  void whiteSpaceIsNoSymbolWhereverItStands(int space) throws Exception {
    String sign = Character.toString(space);
    String message = "white space (U+%04X) here".formatted(space);
    assertEquals(1, corpus("a\n" + sign + sign + "\nb").emptyLines());
    assertTrue(refusal("emma" + sign + "\nava").contains("words.txt:1:5: " + message));
    assertTrue(refusal("emma\n" + sign + "ava").contains("words.txt:2:1: " + message));
    if (space != ' ') {
      assertTrue(refusal("em" + sign + "ma").contains("words.txt:1:3: " + message));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xad, 0x34f, 0x115f, 0x200b, 0x200e, 0x202e, 0x2060, 0x2800, 0x3164, 0xfeff})
  void invisibleSignsAreRefusedWithTheirNames(int sign) {
    String found =
        "the invisible sign U+%04X (%s) here; take it out".formatted(sign, Character.getName(sign));
    assertEquals("words.txt:2:3: " + found, refusal("ava\nem" + Character.toString(sign) + "ma"));
    assertEquals("words.txt:2:1: " + found, refusal("ava\n" + Character.toString(sign)));
  }

  @Test
  void signsThatSomeWordsNeedAreKeptInsideThem() throws Exception {
    List<String> words = List.of("می\u200cخواهم", "❤\ufe0f", "👩\u200d🔬");
    assertEquals(words, corpus(String.join("\n", words)).words());
    assertTrue(refusal("می\u200c").contains("U+200C (ZERO WIDTH NON-JOINER)"));
    assertTrue(refusal("\ufe0fa").contains("U+FE0F (VARIATION SELECTOR-16)"));
  }

  @Test
  void wordsAreBroughtIntoTheFormAskedFor() throws Exception {
    Path file = Files.writeString(folder.resolve("w"), "Zoe\u0308\nÉva\nİ");
    assertEquals(
        List.of("Zo\u00eb", "Éva", "İ"),
        CorpusReader.corpus(file, "w", lines(new WordForm(Normalisation.NFC, false))).words());
    assertEquals(
        List.of("zoe\u0308", "éva", "i\u0307"),
        CorpusReader.corpus(file, "w", lines(new WordForm(Normalisation.NONE, true))).words());
    assertEquals(
        List.of("zo\u00eb", "éva", "i\u0307"),
        CorpusReader.corpus(file, "w", lines(new WordForm(Normalisation.NFC, true))).words());
  }

  @Test
  void boundaryInAWordIsNamedWithItsPlace() {
    assertEquals(
        "words.txt:2:3: the word \"st.ann\" holds \".\", which marks where words begin and end;"
            + " take it out, or choose another sign as data.boundary",
        refusal("emma\nst.ann\n"));
  }

  @Test
  void anotherBoundaryMakesTheFullStopALetter() throws Exception {
    Path file = Files.writeString(folder.resolve("w"), "e.g\ni.e\n");
    CorpusFormat format = new CorpusFormat.Words(Optional.empty(), '#', WordForm.AS_IT_IS);
    Corpus corpus = CorpusReader.corpus(file, "w", format);
    assertEquals(List.of("e.g", "i.e"), corpus.words());
    Vocabulary vocabulary = Vocabulary.of(corpus);
    assertEquals("#.egi", vocabulary.text(0, 1, 2, 3, 4));
    Contexts contexts = Ngrams.of(corpus, vocabulary, 3).contexts();
    assertEquals("##", contexts.text(contexts.number(contexts.beginning())));
  }

  @Test
  void boundaryThatAWordGetsByItsFormIsFound() throws IOException {
    Path file = Files.writeString(folder.resolve("w"), "ava\nBo\n");
    CorpusFormat format =
        new CorpusFormat.Words(Optional.empty(), 'b', new WordForm(Normalisation.NONE, true));
    assertEquals(
        "w:2: the word \"bo\" holds \"b\", which marks where words begin and end; take it out, or"
            + " choose another sign as data.boundary",
        assertThrows(InvalidInputException.class, () -> CorpusReader.corpus(file, "w", format))
            .getMessage());
  }

  private String text(String content) throws IOException, InvalidInputException {
    Path file = Files.writeString(folder.resolve("t"), content);
    Corpus corpus = CorpusReader.corpus(file, "t", new CorpusFormat.Text(WordForm.AS_IT_IS));
    assertTrue(corpus.isText());
    return corpus.words().getFirst();
  }

  @Test
  void textIsOneStreamWhoseLinesEndWithOneSign() throws Exception {
    assertEquals("a.b\n\n c\td\n", text("a.b\n\n c\td\n"));
    assertEquals("one\ntwo\nthree", text("\uFEFFone\r\ntwo\rthree"));
    assertEquals(" \u00a0👩\u200d🔬", text(" \u00a0👩\u200d🔬"));
    assertEquals("a", text("a"));
  }

  @Test
  void textWithSignsThatOneCannotSeeIsRefused() {
    assertEquals(
        "t:2:1: the control character U+0000; allowed: text",
        assertThrows(InvalidInputException.class, () -> text("a\n\0b")).getMessage());
    assertEquals(
        "t:1:2: the invisible sign U+200B (ZERO WIDTH SPACE) here; take it out",
        assertThrows(InvalidInputException.class, () -> text("a\u200bb")).getMessage());
    assertEquals(
        "t: is empty; allowed: a text",
        assertThrows(InvalidInputException.class, () -> text("")).getMessage());
  }

  @Test
  void columnsCountCodePoints() {
    assertEquals(
        "words.txt:1:3: white space (U+0009) here; allowed: one word per line, spaces (U+0020)"
            + " only inside it",
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
        "words.txt:1:5: white space (U+0020) here; allowed: one word per line, spaces (U+0020)"
            + " only inside it",
        refusal("emma \nava"));
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirPlace() {
    assertEquals(
        "words.txt:2:2: is not UTF-8 text; allowed: UTF-8",
        refusal(new byte[] {'a', '\n', 'b', (byte) 0xff, 'c'}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE"})
  void textOfTwoBytesALetterIsToldHowToBecomeUtf8(String encoding) {
    assertEquals(
        "words.txt: looks like UTF-16, allowed: UTF-8; iconv -f UTF-16 -t UTF-8 makes it of that",
        refusal("emma\nava\n".getBytes(Charset.forName(encoding))));
  }

  @Test
  void sequenceCutOffAtTheEndIsRefused() {
    assertEquals(
        "words.txt:1:2: is not UTF-8 text; allowed: UTF-8", refusal(new byte[] {'a', (byte) 0xc3}));
  }

  @Test
  void controlCharactersAreRefused() {
    assertEquals("words.txt:1:2: the control character U+0000; allowed: text", refusal("a\0b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n \n"})
  void fileWithoutAWordIsRefused(String text) {
    assertEquals("words.txt: holds no word; allowed: one word per line", refusal(text));
  }

  @Test
  void folderAndMissingFileAreRefused() {
    assertEquals(
        "here: is a folder; allowed: a file of text",
        assertThrows(InvalidInputException.class, () -> CorpusReader.corpus(folder, "here"))
            .getMessage());
    assertEquals(
        "gone: no such file",
        assertThrows(
                InvalidInputException.class,
                () -> CorpusReader.corpus(folder.resolve("gone"), "gone"))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name,count/emma,3/ava,2 | has commas in each line, as a table",
        "name;count/emma;3/ava;2 | has semicolons in each line, as a table",
        "\"name\"/\"emma\"/\"ava\" | has cells in quotes, as a table",
        "name,count/\"em, ma\",3/\"a/va\",2 | has cells in quotes, as a table"
      })
  void tableIsNoListOfWords(String lines, String refusal, @TempDir Path tables) throws Exception {
    Path table = Files.writeString(tables.resolve("names.CSV"), lines.replace('/', '\n'));
    List<Mistake> refused =
        assertThrows(InvalidInputException.class, () -> CorpusReader.corpus(table, "names.CSV"))
            .mistakes();
    assertEquals(1, refused.size());
    String first = refused.getFirst().toString();
    assertTrue(first.startsWith("names.CSV: " + refusal), first);
  }

  @Test
  void wordsWithCommasAndQuotesInThemAreWords(@TempDir Path tables) throws Exception {
    Path words = Files.writeString(tables.resolve("names.csv"), "emma\nava,2\nan\"na;\n");
    assertEquals(3, CorpusReader.corpus(words, "names.csv").words().size());
  }
}
