package twister.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.print.PrintOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/// A Chromium without a screen, of this machine; where there is none, a test is skipped.
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /// Starts a browser.
  public static Browser open() {
    Optional<File> chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> onPath(name).stream())
            .findFirst();
    Optional<File> server = onPath("chromedriver");
    assumeTrue(chromium.isPresent(), "there is no Chromium on this machine");
    assumeTrue(server.isPresent(), "there is no chromedriver on this machine");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return new Browser(
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(server.orElseThrow()).build(),
            options));
  }

  private static Optional<File> onPath(String name) {
    return Stream.of(Objects.toString(System.getenv("PATH"), "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst();
  }

  /// The driver, for what has no method here.
  public ChromeDriver driver() {
    return driver;
  }

  /// Cuts the network off, or connects it again.
  public void offline(boolean isOff) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", isOff, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /// Opens an address.
  public void go(URI address) {
    driver.get(address.toString());
  }

  /// Shows pages in so many pixels.
  public void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /// Prefers light pages or dark ones.
  public void scheme(String lightOrDark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
  }

  /// The first element of a selector of CSS, once it is there.
  public WebElement find(String selector) {
    return new WebDriverWait(driver, PATIENCE)
        .until(page -> page.findElement(By.cssSelector(selector)));
  }

  /// The beginnings of elements that are wider than the screen, but for what scrolls by itself.
  public Object tooWide() {
    return value(
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right >"
            + " innerWidth && !e.closest('.scroll, pre, svg')).map(e => e.outerHTML.slice(0,"
            + " 200))");
  }

  /// All elements of a selector of CSS.
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /// Presses keys in an element, once more where a page that renews itself has just replaced it.
  ///
  /// @param place among those of the selector, from 0
  public void press(String selector, int place, CharSequence keys) {
    new WebDriverWait(driver, PATIENCE)
        .ignoreAll(List.of(StaleElementReferenceException.class, IndexOutOfBoundsException.class))
        .until(
            page -> {
              page.findElements(By.cssSelector(selector)).get(place).sendKeys(keys);
              return true;
            });
  }

  /// Waits until an expression of JavaScript is true.
  ///
  /// @param what is waited for, in words
  public void await(String what, String expression) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(what)
        .until(page -> Boolean.TRUE.equals(driver.executeScript("return " + expression)));
  }

  /// The texts of all elements of a selector of CSS.
  public List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
  }

  /// What an expression of JavaScript gives.
  public Object value(String expression) {
    return Objects.requireNonNull(driver.executeScript("return " + expression), expression);
  }

  /// What the console said since it was asked last.
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /// The page as a document of PDF.
  public byte[] pdf() {
    return Base64.getDecoder().decode(driver.print(new PrintOptions()).getContent());
  }

  /// What axe-core finds that is serious or critical for people who hear a page or use no mouse:
  /// the rule and the first element of each.
  public List<String> barriers() throws IOException {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      String axe = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      driver.executeScript(axe);
    }
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document).then(result => done(result.violations
              .filter(v => v.impact === 'serious' || v.impact === 'critical')
              .map(v => `${v.id}: ${v.nodes[0].html} (${v.nodes[0].failureSummary})`)));
            """);
    return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
  }

  /// Keeps what is to be seen where `-Dtwister.shots=FOLDER` says so, for people to look at.
  public void shoot(String name) throws IOException {
    String folder = System.getProperty("twister.shots");
    if (folder != null) {
      Object shot =
          driver
              .executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
              .get("data");
      Files.write(
          Files.createDirectories(Path.of(folder)).resolve(name + ".png"),
          Base64.getDecoder().decode(String.valueOf(shot)));
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
