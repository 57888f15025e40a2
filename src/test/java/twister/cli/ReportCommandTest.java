package twister.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import twister.page.Browser;
import twister.ranking.Condition;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;

@Timeout(120)
@Tag("processor")
class ReportCommandTest extends CommandLineTest {
  private static final String HOSTILE = "<script>document.title='taken'</script>&\"' \u202e";

  private Answer report(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("report", "--results", results));
    all.addAll(List.of(arguments));
    return twister(all.toArray());
  }

  /// The page of a sweep that was trained, which is not there yet.
  private Path sweep() throws IOException {
    trainHostileSweep(HOSTILE);
    return results.resolve("small/report.html");
  }

  @Test
  void sameResultsMakeTheSamePageByteForByte() throws IOException {
    Path page = sweep();
    assertEquals(page + "\n", report("small").out());
    byte[] first = Files.readAllBytes(page);
    assertEquals(0, report("small").code());
    assertArrayEquals(first, Files.readAllBytes(page));
    assertEquals(0, twister("doctor", "--results", results).code());
  }

  @Test
  void whyARunFailedIsSaid() throws IOException {
    Path run = runFolder(run(small, "-q"));
    RunFolder folder = new RunFolder(run);
    RunRecord.read(folder.run()).failed("the <device> went away").write(folder.run());
    assertEquals(1, twister("doctor", "--results", results).code());
    assertEquals(0, report("small").code());
    String html = Files.readString(results.resolve("small/report.html"));
    assertTrue(
        html.contains("Run %s failed: the &lt;device&gt; went away.".formatted(run.getFileName())),
        html.substring(0, html.indexOf("<h3")));
  }

  @ParameterizedTest
  @CsvSource({
    "nats, has 2.0794 (ln 8)",
    "bits, has 3.0000 (log₂ 8)",
    "perplexity, has 8.0000; and the lowest",
  })
  void lossesToCompareWithHaveTheirDigitsAndUnit(String unit, String said) throws IOException {
    run(small, "-q", "--sweep", "training.learning-rate=1e12,1e15");
    assertEquals(0, report("small", "--unit", unit).code());
    String html = Files.readString(results.resolve("small/report.html"));
    String nothing = html.substring(html.indexOf("a model that knows nothing has"));
    assertTrue(
        nothing.substring(23, 90).replace(", and the", "; and the").contains(said),
        nothing.substring(0, 120));
    String answer = html.substring(0, html.indexOf("<h3"));
    assertFalse(answer.contains("79769"), "the largest number for one that is larger");
  }

  @Test
  void whatDataSaysIsTextInAllPlaces() throws IOException {
    Path page = sweep();
    assertEquals(0, report("small").code());
    String html = Files.readString(page);
    assertFalse(html.contains("<script>document"), "a script of the data");
    assertFalse(html.contains("<b>olivia"), "an element of the data");
    assertFalse(html.contains("\u202e"), "a sign that turns text around");
    assertTrue(html.contains("&lt;script&gt;document.title"), html.substring(0, 3000));
    // The two of the page itself and its data.
    assertEquals(2, html.split("</script>", -1).length - 1);
    assertEquals(0, html.split("(src|href)=\"(https?:|//)", -1).length - 1);
  }

  @Test
  void answerSaysWhichSettingIsBestAndHowItCompares() throws IOException {
    Path page = sweep();
    assertEquals(0, report("small").code());
    String html = Files.readString(page);
    String best = twister("runs", "small", "--results", results, "--columns", "dev_loss").out();
    String loss = best.lines().toList().get(3).strip();
    assertTrue(
        html.matches(
            "(?s).*<p>The best of 6 settings is learning-rate [^<]* its dev loss is "
                + loss
                + " ± [0-9.]+ nats per character, the mean over 2 seeds.*"),
        loss);
    assertTrue(html.contains("<p>The next, learning-rate "), "the runner-up");
    assertTrue(html.contains("a model that knows nothing has "), "the marks");
    assertTrue(html.contains("How to repeat it"), "how to repeat it");
    String sha = rows(results.resolve("small/runs.csv")).getFirst().get("data_sha256");
    assertTrue(html.contains("<dd>" + sha + "</dd>"), sha);
  }

  @Test
  void settingsOfSuccessiveHalvingAreThoseOfItsFirstRung() throws IOException {
    Files.writeString(
        small,
        Files.readString(small).replace("steps: 3", "steps: 9")
            + "sweep: {method: successive-halving, runs: 9, training.learning-rate: {log: [0.1,"
            + " 10]}}\n");
    assertEquals(0, run(small, "-q").code());
    assertEquals(0, report("small").code());
    String html = Files.readString(results.resolve("small/report.html"));
    assertTrue(html.contains("<p>The best of 9 settings is learning-rate "), "the answer");
  }

  /// What one kind of model has and the other has not is said by its kind.
  @Test
  void settingsOfKindsAreNamedByWhatTellsThemApart() throws IOException {
    Files.writeString(
        small,
        Files.readString(small)
            + "sweep: {model.kind: [softmax, mlp], training.learning-rate: [0.1, 1e9]}\n");
    assertEquals(0, run(small, "-q").code() % 3);
    Answer answer = report("small");
    assertEquals(0, answer.code(), answer.err());
    String html = Files.readString(results.resolve("small/report.html"));
    assertTrue(
        html.matches(
            "(?s).*<p>The best of 4 settings is kind (softmax|mlp), learning-rate [^ ]+:.*"),
        () -> html.substring(html.indexOf("<p>The best")).lines().findFirst().orElse(""));
    // Of a run that diverged the remark stands beside its name or in its place.
    List<String> linked =
        Pattern.compile("href=\"([^#\"]*/)\"")
            .matcher(html)
            .results()
            .map(to -> to.group(1))
            .toList();
    assertFalse(linked.isEmpty());
    for (String link : linked) {
      assertTrue(Files.isDirectory(results.resolve("small").resolve(link)), link);
    }
  }

  @Test
  void testLossesAreShownOnlyWhereTheyAreAskedFor() throws IOException {
    Path page = sweep();
    assertEquals(0, report("small").code());
    assertFalse(Files.readString(page).contains("test loss"), "not asked for");
    assertEquals(0, report("small", "--test").code());
    assertTrue(Files.readString(page).contains("test loss"), "asked for");
  }

  @Test
  void publishedLossesStandBesideThoseMeasured() throws IOException {
    Files.writeString(
        small, Files.readString(small) + "expect: {loss: {0: 2.5, 1: 99.0}, within: 2.0}\n");
    assertEquals(1, run(small, "-q").code());
    assertEquals(0, report("small").code());
    String html = Files.readString(results.resolve("small/report.html"));
    assertTrue(html.contains("1 of 2 published losses are not met within 2.0e+00."), "the verdict");
    assertTrue(html.contains("<td>not met</td>"), "the table");
  }

  @Test
  void documentHasItsPicturesBesideIt() throws IOException {
    sweep();
    Path document = folder.resolve("all.md");
    Answer answer = report("small", "--out", document);
    assertEquals(document + "\n" + folder.resolve("all-charts") + "/\n", answer.out());
    String text = Files.readString(document);
    List<String> pictures =
        text.lines()
            .filter(line -> line.startsWith("!["))
            .map(line -> line.replaceAll(".*\\(|\\)$", ""))
            .toList();
    assertTrue(pictures.size() >= 4, text);
    for (String picture : pictures) {
      assertTrue(Files.size(folder.resolve(picture)) > 1000, picture);
    }
    // The file of the experiment is code.
    String before = text.substring(0, text.indexOf("```"));
    assertFalse(before.replace("\\<", "").contains("<"), before);
    assertTrue(text.contains("| rank |  | learning-rate |"), text);
    assertTrue(text.contains("](results/small/"), text);
  }

  @Test
  void severalExperimentsStandOnOnePage() throws IOException {
    sweep();
    Path other = folder.resolve("other.yaml");
    Files.writeString(
        other,
        "name: other\ndata: {file: words.txt}\nmodel: {kind: counts}\nsamples: {count: 2}\n");
    runFolder(run(other, "-q"));
    assertEquals(results.resolve("report.html") + "\n", report("small", "other").out());
    String html = Files.readString(results.resolve("report.html"));
    assertTrue(html.contains("<a href=\"#e2\">other</a>"), "links to both");
    assertTrue(html.contains("<article id=\"e1\""), "the first");
    assertTrue(html.contains("<a href=\"other/"), "links to runs");
  }

  @Test
  void whatCannotBeReportedIsSaid() throws IOException {
    runFolder(run(small, "-q"));
    assertEquals(2, report("smal").code());
    assertTrue(report("smal").err().contains("did you mean small?"), report("smal").err());
    assertTrue(report("small", "small").err().contains("is named twice"));
    assertTrue(report("small", "--out", "a.pdf").err().contains("ends in .html or .md"));
    assertTrue(
        report("small", "--out", folder.resolve("no/a.md")).err().contains("there is no folder"));
    Path metrics;
    try (Stream<Path> files = Files.walk(results.resolve("small"))) {
      metrics = files.filter(file -> file.endsWith("metrics.csv")).findFirst().orElseThrow();
    }
    Files.writeString(metrics, Files.readString(metrics).replaceFirst("\n0,[0-9]", "\n0,9"));
    Answer damaged = report("small");
    assertEquals(1, damaged.code());
    assertTrue(damaged.err().contains("metrics.csv"), damaged.err());
    assertFalse(Files.exists(results.resolve("small/report.html")), "half a report");
  }

  @Test
  void pageIsReadSortedFilteredAndPrintedWithoutANetwork() throws IOException {
    Path page = sweep();
    assertEquals(0, report("small").code());
    try (Browser browser = Browser.open()) {
      browser.offline(true);
      browser.size(1400, 1000);
      browser.go(page.toUri());
      assertEquals("small", browser.driver().getTitle());
      assertEquals(List.of(), browser.console());
      List<String> ranks = browser.texts(".live tbody td:first-child");
      assertTrue(ranks.size() >= 4 && ranks.getFirst().equals("1"), ranks.toString());

      WebElement rate =
          browser.driver().findElement(By.xpath("//th/button[@title='training.learning-rate']"));
      rate.sendKeys(Keys.ENTER);
      List<String> rates =
          browser.texts(".live tbody td:nth-child(3)").isEmpty()
              ? List.of()
              : column(browser, "training.learning-rate");
      assertEquals(
          rates.stream().sorted(Comparator.comparingDouble(Double::parseDouble)).toList(), rates);
      assertEquals("ascending", browser.find("th[aria-sort]").getDomAttribute("aria-sort"));
      assertEquals(
          "training.learning-rate",
          browser.value("document.activeElement.title"),
          "the head that was sorted by keeps the focus");

      browser.find("#e1-where").sendKeys("l2 = 0 and learning-rate < 5");
      assertEquals(List.of("1"), column(browser, "training.learning-rate"));
      assertTrue(browser.find("#e1-problem").getText().startsWith("1 of "));
      browser.find("#e1-where").sendKeys(" and nonsense");
      assertTrue(browser.find("#e1-problem").getText().contains("no column 'nonsense'"));
      assertEquals(List.of(), browser.barriers());

      String pdf = text(browser.pdf());
      assertTrue(pdf.contains("How to repeat it"), pdf);
      assertTrue(pdf.contains("training.learning-rate") || pdf.contains("learning-rate"), pdf);
      assertEquals(List.of(), browser.console());
    }
  }

  private static List<String> column(Browser browser, String name) {
    List<String> heads =
        browser.driver().findElements(By.cssSelector(".live thead button")).stream()
            .map(head -> String.valueOf(head.getDomAttribute("title")))
            .toList();
    return browser.texts(".live tbody td:nth-child(%d)".formatted(heads.indexOf(name) + 1));
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }

  @Test
  void pageHasRoomAndContrastOnAllScreens() throws IOException {
    Path page = sweep();
    assertEquals(0, report("small").code());
    try (Browser browser = Browser.open()) {
      for (String scheme : List.of("light", "dark")) {
        browser.scheme(scheme);
        for (int width : List.of(390, 1600)) {
          browser.size(width, 1000);
          browser.go(page.toUri());
          assertEquals(List.of(), browser.tooWide(), scheme + width);
          assertEquals(List.of(), browser.barriers(), scheme + width);
          browser.shoot("report-%s-%d".formatted(scheme, width));
        }
      }
      assertEquals(List.of(), browser.console());
    }
  }

  /// Conditions of random columns, relations and values mean the same in the page as on the command
  /// line.
  @Test
  void conditionsMeanInThePageWhatTheyMeanOnTheCommandLine() throws IOException {
    Path page = sweep();
    assertEquals(0, report("small").code());
    RunsTable table = RunsTable.read(new ExperimentFolder(results.resolve("small")));
    try (Browser browser = Browser.open()) {
      browser.go(page.toUri());
      browser
          .driver()
          .executeScript(
              "window.runs ="
                  + " JSON.parse(document.getElementById('data').textContent)[0].runs;window.names"
                  + " = runs.find(c => c.name === 'run').cells;window.kept = text => { try { const"
                  + " f = Filter.read(text, runs); return names.filter((n, row) =>"
                  + " f(row)).sort().join(' '); } catch (e) { return 'refused'; } };");
      Random random = new Random(19);
      for (int i = 0; i < 300; i++) {
        String text = condition(random, table, 3);
        assertEquals(
            kept(text, table),
            browser.driver().executeScript("return kept(arguments[0])", text),
            text);
      }
    }
  }

  private static String kept(String text, RunsTable table) {
    try {
      Condition condition = Condition.of(text, table);
      return String.join(
          " ",
          table.rows().stream()
              .filter(condition::holds)
              .map(row -> row.text("run"))
              .sorted()
              .toList());
    } catch (InvalidInputException e) {
      return "refused";
    }
  }

  private static String condition(Random random, RunsTable table, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(6);
    return switch (kind) {
      case 1 -> condition(random, table, depth - 1) + " and " + condition(random, table, depth - 1);
      case 2 -> condition(random, table, depth - 1) + " or " + condition(random, table, depth - 1);
      case 3 -> "not " + condition(random, table, depth - 1);
      case 4 -> "(" + condition(random, table, depth - 1) + ")";
      default -> comparison(random, table);
    };
  }

  private static String comparison(Random random, RunsTable table) {
    List<String> columns =
        List.of(
            "learning-rate",
            "training.l2",
            "seed",
            "status",
            "loss",
            "dev_loss",
            "run",
            "steps",
            "nothing");
    String column = columns.get(random.nextInt(columns.size()));
    List<String> relations = List.of("=", "!=", "<", "<=", ">", ">=", "~", "==");
    String relation = relations.get(random.nextInt(relations.size()));
    RunsTable.Row row = table.rows().get(random.nextInt(table.rows().size()));
    List<String> names =
        table.columns().stream()
            .filter(
                name ->
                    name.equals(column)
                        || name.endsWith("." + column)
                        || (column.equals("seed") && name.equals(RunsTable.SEED)))
            .toList();
    String value = names.isEmpty() ? "1" : row.text(names.getFirst());
    List<String> values =
        List.of(value, value, "0.01", "finished", "'1'", "NaN", "Infinity", "-0.0", "1e1", "x");
    String chosen = values.get(random.nextInt(values.size()));
    return "%s %s %s".formatted(column, relation, chosen.isEmpty() ? "''" : chosen);
  }
}
