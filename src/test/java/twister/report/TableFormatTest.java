package twister.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import twister.report.DataTable.Column;
import twister.report.DataTable.Kind;
import twister.text.Latex;
import twister.text.TextWidth;
import twister.text.VisibleText;

class TableFormatTest {
  private static final DataTable SHEET =
      new DataTable(
          List.of(
              new Column("rank", "rank", Kind.COUNT),
              new Column("tie", "", Kind.MARK),
              new Column("training.l2", "l2", Kind.SETTING),
              new Column("loss", "loss", Kind.FIGURE),
              new Column("ci95", "± 95 %", Kind.SPREAD),
              new Column("note", "", Kind.WORD)),
          List.of(
              List.of(1, false, "0.0", 2.4726512345678, 0.00012345, "a_b & 50 % \"x\", y"),
              List.of(2, true, "1.0E-4", 12.5, 1.2e-7, "日本|語"),
              List.of("", false, "", "", "", "-1")));

  @Test
  void tablePutsNumbersBelowEachOther() {
    assertEquals(
        """
        rank         l2      loss   ± 95 %
           1          0   2.47265  0.00012  a_b & 50 % "x", y
           2  =  0.0001  12.50000  1.2e-07  日本|語
                                            -1
        """,
        TableFormat.TABLE.text(SHEET));
  }

  @Test
  void markdownIsATable() {
    assertEquals(
        """
        | rank |  | l2 | loss | ± 95 % |  |
        | ---: | --- | ---: | ---: | ---: | --- |
        | 1 |  | 0 | 2.47265 | 0.00012 | a_b \\& 50 % "x", y |
        | 2 | = | 0.0001 | 12.50000 | 1.2e-07 | 日本\\|語 |
        |  |  |  |  |  | -1 |
        """,
        TableFormat.MARKDOWN.text(SHEET));
  }

  @Test
  void latexIsATabularWithRules() {
    assertEquals(
        """
        % needs \\usepackage{booktabs,graphicx}
        \\noindent\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%
        \\begin{tabular}{rlrrl}
          \\toprule
          rank &  & l2 & loss $\\pm$ 95 \\% &  \\\\
          \\midrule
          1 &  & 0 & $2.47265 \\pm 0.00012$ & a\\_b \\& 50 \\% \\textquotedbl{}x\\textquotedbl{}, y \\\\
          2 & = & 0.0001 & $12.50000 \\pm 1.2 \\times 10^{-7}$ & 日本\\textbar{}語 \\\\
           &  &  &  & $-$1 \\\\
          \\bottomrule
        \\end{tabular}}
        """,
        TableFormat.LATEX.text(SHEET));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a\\b; a\\textbackslash{}b",
        "{~^}; \\{\\textasciitilde{}\\textasciicircum{}\\}",
        "#$<>; \\#\\$\\textless{}\\textgreater{}",
        "[x]; {[}x{]}",
        "α 学 é; α 学 é",
        "3×10⁻⁴; 3$\\times$10$^{-}$$^{4}$",
        "log₂ x; log$_{2}$ x",
      })
  void latexEscapesWhatItWouldRead(String text, String expected) {
    assertEquals(expected, Latex.escaped(text));
  }

  @Test
  void csvHasEveryDigitAndFullNames() throws IOException {
    String text = TableFormat.CSV.text(SHEET);
    List<String[]> rows = new ArrayList<>();
    CSVFormat.RFC4180.parse(new StringReader(text)).forEach(row -> rows.add(row.values()));
    assertEquals(
        List.of("rank", "tie", "training.l2", "loss", "ci95", "note"), List.of(rows.get(0)));
    assertEquals(
        List.of("1", "false", "0.0", "2.4726512345678", "1.2345E-4", "a_b & 50 % \"x\", y"),
        List.of(rows.get(1)));
    assertEquals(List.of("", "false", "", "", "", "-1"), List.of(rows.get(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=1+1|'=1+1",
        "=HYPERLINK(\"x\")|\"'=HYPERLINK(\"\"x\"\")\"",
        "+a|'+a",
        "-a|'-a",
        "@SUM|'@SUM",
        "\uff1da|'\uff1da",
        "-Infinity|'-Infinity",
        "-1|-1",
        "-1.5E-4|-1.5E-4",
        "a=b|a=b",
        "-1 apple|'-1 apple",
        "é|é",
      })
  void nothingInATableForSpreadsheetsIsAFormula(String text, String expected) {
    DataTable sheet =
        new DataTable(
            List.of(
                new DataTable.Column("name", "name", DataTable.Kind.WORD),
                new DataTable.Column("loss", "loss", DataTable.Kind.FIGURE)),
            List.of(List.of(text, -2.5)));
    assertEquals(
        "\ufeffname,loss\n%s,-2.5\n".formatted(expected), TableFormat.SPREADSHEET.text(sheet));
  }

  /// JSON is YAML; the schema is that of JSON.
  private static Object parsed(String json) {
    return new Load(LoadSettings.builder().setSchema(new JsonSchema()).build())
        .loadFromString(json);
  }

  @Test
  void jsonHasNumbersAsNumbers() {
    List<?> rows = (List<?>) parsed(TableFormat.JSON.text(SHEET));
    assertEquals(
        Map.of(
            "rank",
            1,
            "tie",
            false,
            "training.l2",
            0.0,
            "loss",
            2.4726512345678,
            "ci95",
            1.2345e-4,
            "note",
            "a_b & 50 % \"x\", y"),
        rows.get(0));
    Map<?, ?> last = (Map<?, ?>) rows.get(2);
    assertTrue(last.containsKey("loss") && last.get("loss") == null);
    assertEquals("-1", last.get("note"));
    assertEquals(
        List.of(), parsed(TableFormat.JSON.text(new DataTable(SHEET.columns(), List.of()))));
  }

  @Test
  void jsonWithoutANumberForItHasNull() {
    DataTable sheet =
        new DataTable(
            List.of(new Column("a", "a", Kind.FIGURE), new Column("b.c", "c", Kind.SETTING)),
            List.of(
                List.of(Double.NaN, "NaN"),
                List.of(Double.POSITIVE_INFINITY, "-Infinity"),
                List.of(1, "true"),
                List.of(1, "007"),
                List.of(1, "2147483647")));
    assertEquals(
        """
        [
          {"a": null, "b.c": "NaN"},
          {"a": null, "b.c": null},
          {"a": 1, "b.c": true},
          {"a": 1, "b.c": 7.0},
          {"a": 1, "b.c": 2147483647}
        ]
        """,
        TableFormat.JSON.text(sheet));
  }

  @Test
  void jsonTextOfAnyLettersIsReadAsItWas() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(20); j > 0; j--) {
        int letter = random.nextInt(random.nextBoolean() ? 0x80 : 0x11000);
        if (letter < 0xd800 || letter > 0xdfff) {
          text.appendCodePoint(letter);
        }
      }
      // YAML 1.2 reads a surrogate pair of escapes as two characters, which Java joins again.
      String table =
          TableFormat.JSON.text(
              new DataTable(
                  List.of(new Column("a", "a", Kind.WORD)), List.of(List.of(text.toString()))));
      String json = table.substring(table.indexOf(": ") + 2, table.lastIndexOf('}'));
      assertTrue(json.chars().noneMatch(c -> c < ' '), json);
      if (text.codePoints()
          .noneMatch(c -> c == 0xfeff || (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff)) {
        assertEquals(text.isEmpty() ? null : text.toString(), parsed(json));
      }
    }
  }

  @Test
  void lettersTakeTheirColumns() {
    assertEquals(4, TextWidth.of("日本"));
    assertEquals(1, TextWidth.of("e\u0301"));
    assertEquals(2, TextWidth.of("한"));
    assertEquals(2, TextWidth.of("\u1112\u1161\u11ab"));
    assertEquals(1, TextWidth.of("ﾊ"));
    assertEquals(2, TextWidth.of("😀"));
    assertEquals(6, TextWidth.of("naïve±"));
    assertEquals("日…", VisibleText.cut("日本語", 4));
    assertEquals("日本語", VisibleText.cut("日本語", 6));
    assertEquals("␛[31m↵", VisibleText.visible("\u001b[31m\n"));
    assertEquals(
        """
        日本  x
        e\u0301     y\
        """,
        new TextTable(List.of(List.of("日本", "x"), List.of("e\u0301", "y")), Set.of()).text(""));
  }
}
