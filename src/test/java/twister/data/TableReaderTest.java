package twister.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.spec.CorpusFormat;
import twister.spec.TableColumn;
import twister.spec.WordForm;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Words that are a column of a table.
class TableReaderTest {
  private static final TableColumn NAME = new TableColumn.Named("name");

  @TempDir private Path folder;

  private Corpus corpus(String name, TableColumn column, String table)
      throws IOException, InvalidInputException {
    Path file = Files.writeString(folder.resolve(name), table);
    return CorpusReader.corpus(
        file, name, new CorpusFormat.Words(Optional.of(column), '.', WordForm.AS_IT_IS));
  }

  private String refusal(String name, TableColumn column, String table) {
    return assertThrows(InvalidInputException.class, () -> corpus(name, column, table))
        .mistakes()
        .stream()
        .map(Mistake::toString)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void cellsOfTheColumnAreTheWords() throws Exception {
    String table = "\uFEFFid,name\r\n1,emma\r\n2,\"zoë, mae\"\r\n3,\"a \"\"b\"\"\"\r\n4,日本";
    assertEquals(
        List.of("emma", "zoë, mae", "a \"b\"", "日本"), corpus("x.csv", NAME, table).words());
    assertEquals(
        List.of("emma", "a,b"), corpus("x.TSV", NAME, "name\tid\nemma\t1\na,b\t2\n").words());
  }

  @Test
  void columnWithANumberHasNoHeader() throws Exception {
    TableColumn second = new TableColumn.Numbered(2);
    assertEquals(List.of("emma", "ava"), corpus("x.csv", second, "1,emma\n2,ava\n").words());
    assertEquals(
        "x.csv:1: data.column: has no column 2, only 1; commas separate columns, and tabs in files"
            + " whose name ends with .tsv",
        refusal("x.csv", second, "emma\nava\n"));
  }

  @Test
  void cellsWithoutAWordAreCountedAsEmptyLinesAre() throws Exception {
    Corpus corpus = corpus("x.csv", NAME, "name,id\nemma,1\n,2\n\n\"  \",3\nava,4\n");
    assertEquals(List.of("emma", "ava"), corpus.words());
    assertEquals(3, corpus.emptyLines());
  }

  @Test
  void missingColumnIsToldWhichThereAreTheNearestFirst() {
    assertEquals(
        "x.csv:1: data.column: has no column \"nmae\"; there are \"name\", \"id\", \"age\"",
        refusal("x.csv", new TableColumn.Named("nmae"), "id,name,age\n1,emma,3\n"));
    assertEquals(
        "x.csv:1: data.column: has no column \"name\"; there is \"name;id\"; commas separate"
            + " columns, and tabs in files whose name ends with .tsv",
        refusal("x.csv", NAME, "name;id\nemma;1\n"));
    assertEquals(
        "x.csv:1: data.column: has the column \"name\" more than once; give them other names",
        refusal("x.csv", NAME, "name,name\nemma,ava\n"));
  }

  @Test
  void everyWrongRowIsNamedByTheLineThatItBeginsIn() {
    assertEquals(
        """
        x.csv:2: has 1 cell, but the header has 2; quotes keep a cell with a separator together
        x.csv:3: letter 3 of the cell: white space (U+000A) here; allowed: one word per cell, spaces (U+0020) only inside it
        x.csv:5: letter 2 of the cell: the word "x.y" holds ".", which marks where words begin and end; take it out, or choose another sign as data.boundary
        x.csv:7: has 3 cells, but the header has 2; quotes keep a cell with a separator together\
        """,
        refusal("x.csv", NAME, "name,id\nemma\n\"jo\nann\",1\nx.y,2\nok,3\na,b,4\n"));
  }

  @Test
  void brokenQuotesAreNoTable() {
    assertEquals(
        "x.csv:2: is not CSV: a quote opens a cell here, and is never closed; write a quote inside"
            + " of a cell twice",
        refusal("x.csv", NAME, "name,id\n\"emma,1\n"));
    assertEquals(
        "x.csv:3: is not CSV: something stands between the quote that closes a cell and the next"
            + " separator; write a quote inside of a cell twice",
        refusal("x.csv", NAME, "name,id\nava,1\n\"em\"ma,1\n"));
    assertEquals(
        "x.csv: holds no word; allowed: one word in each cell of the column",
        refusal("x.csv", NAME, "name,id\n"));
    assertEquals(
        "x.csv: holds no word; allowed: one word in each cell of the column",
        refusal("x.csv", NAME, ""));
  }
}
