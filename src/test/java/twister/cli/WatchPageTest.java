package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import twister.page.Browser;
import twister.spec.LossUnit;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;
import twister.watch.WatchServer;

@Timeout(180)
@Tag("processor")
class WatchPageTest extends CommandLineTest {
  private static final String ROWS = "#runs tbody tr[data-run]";

  private WatchServer server;
  private Browser browser;

  @BeforeEach
  void showSweep() throws IOException {
    browser = Browser.open();
    trainHostileSweep("<script>document.title='taken'</script>");
    server = WatchServer.start(results, new WatchServer.Options(0, true, LossUnit.NATS));
    browser.size(1600, 1200);
    open();
  }

  @AfterEach
  void end() {
    server.close();
    browser.close();
  }

  private void open() {
    browser.go(URI.create("http://127.0.0.1:" + server.port() + "/"));
    browser.find("#views:not([hidden])");
    browser.find(ROWS);
  }

  /// What a page shows is there a moment after what led to it.
  private void await(String what, String expression) {
    browser.await(what, expression);
  }

  @Test
  void pageShowsWhatThereIs() throws IOException {
    assertEquals("small", browser.find("#name").getText());
    assertEquals("<script>document.title='taken'</script>", browser.find("#question").getText());
    assertTrue(browser.find("#answer").getText().startsWith("The best of 6 settings is "));
    assertTrue(
        browser.find("#states").getText().contains("finished"), browser.find("#states").getText());
    assertEquals(12, browser.texts(ROWS).size());
    assertTrue((long) browser.value("document.querySelectorAll('#curves canvas').length") >= 1);
    assertEquals(List.of(), browser.console());
  }

  @Test
  void runsComeWhileTheyAreTrained() {
    assertEquals(3, run(small, "-q", "--set", "training.steps=10").code());
    await("rows of both sweeps", "document.querySelectorAll('" + ROWS + "').length > 12");
    assertTrue(browser.find("#states").getText().contains("finished"));
    assertEquals(List.of(), browser.console());
  }

  @Test
  void filterBrushAndTableGoTogetherByTheKeyboardAlone() {
    WebElement where = browser.find("#runs input[type=search]");
    where.sendKeys("l2 = 0");
    await("half of the runs", "document.querySelectorAll('" + ROWS + "').length === 6");
    where.sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE);
    where.clear();
    where.sendKeys(" ", Keys.BACK_SPACE);
    await("all runs", "document.querySelectorAll('" + ROWS + "').length === 12");
    browser.find("#parallel summary").sendKeys(Keys.ENTER);
    browser.find("#limit-0-from").sendKeys("1", Keys.TAB);
    browser.find("#limit-0-to").sendKeys("10", Keys.TAB);
    // The ends of a brush are in it.
    await("the runs of two rates", "document.querySelectorAll('" + ROWS + "').length === 8");
    browser.find("#parallel .chip").sendKeys(Keys.ENTER);
    await("all runs again", "document.querySelectorAll('" + ROWS + "').length === 12");
    assertEquals(List.of(), browser.console());
  }

  @Test
  void chosenRunsAreComparedAndNoted() throws IOException {
    browser.press("#runs tbody input[type=checkbox]", 0, Keys.SPACE);
    browser.press("#runs tbody input[type=checkbox]", 1, Keys.SPACE);
    browser.find("#comparison .samples form.notes");
    await("both runs", "document.querySelectorAll('#comparison form.notes').length === 2");
    String table = browser.find("#comparison table").getText();
    assertTrue(table.contains("seed") || table.contains("l2"), table);
    WebElement note = browser.find("#comparison input[id^=note]");
    note.sendKeys("looks good");
    browser.find("#comparison form.notes button").sendKeys(Keys.ENTER);
    await(
        "saved",
        "document.querySelector('#comparison form.notes [role=status]').textContent === 'saved'");
    Answer noted =
        twister("runs", "small", "--each", "--where", "note ~ 'looks good'", "--results", results);
    assertTrue(noted.out().startsWith("1 of 12 runs"), noted.toString());
    browser.shoot("watch-compared");
    assertEquals(List.of(), browser.barriers());
    assertEquals(List.of(), browser.console());
  }

  @Test
  void notesOfOthersShowAndWhatIsTypedStays() throws IOException {
    browser.press("#runs tbody input[type=checkbox]", 0, Keys.SPACE);
    WebElement note = browser.find("#comparison input[id^=note]");
    String run =
        String.valueOf(
                browser.value(
                    "document.querySelector('#comparison form.notes input[id^=note]').id"))
            .replace("note-", "");
    note.sendKeys("mine");
    twister("tag", results.resolve("small").resolve(run), "paper");
    await(
        "the tag of somebody else",
        "document.querySelector('#comparison input[id^=tags]').value === 'paper'");
    twister("note", results.resolve("small").resolve(run), "theirs");
    browser.find("#comparison form.notes button").sendKeys(Keys.ENTER);
    await(
        "a refusal",
        "document.querySelector('#comparison form.notes [role=status]').textContent"
            + ".includes('“theirs”')");
    assertEquals(
        "mine", browser.value("document.querySelector('#comparison input[id^=note]').value"));
    browser.shoot("watch-refused");
    RunFolder folder = new RunFolder(results.resolve("small").resolve(run));
    assertEquals(new RunNotes(List.of("paper"), "theirs"), RunNotes.read(folder));
    browser.find("#comparison form.notes button").sendKeys(Keys.ENTER);
    await(
        "saved",
        "document.querySelector('#comparison form.notes [role=status]').textContent === 'saved'");
    assertEquals(new RunNotes(List.of("paper"), "mine"), RunNotes.read(folder));
  }

  @Test
  void pageHasRoomAndContrastOnAllScreens() throws IOException {
    for (String scheme : List.of("light", "dark")) {
      browser.scheme(scheme);
      for (int width : List.of(390, 1600)) {
        browser.size(width, 1000);
        open();
        assertEquals(List.of(), browser.tooWide(), scheme + width);
        assertEquals(List.of(), browser.barriers(), scheme + width);
        browser.shoot("watch-%s-%d".formatted(scheme, width));
      }
    }
    assertEquals(List.of(), browser.console());
  }

  @Test
  void pageSaysWhenTheServerHasEnded() {
    server.close();
    await(
        "a sentence",
        "document.getElementById('connection').textContent.includes('twister watch')");
  }
}
