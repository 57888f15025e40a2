package twister.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.yaml.InvalidInputException;

class DataDownloadTest {
  private static final byte[] WORDS =
      "emma\nolivia\nava\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private WordServer server;
  private String sha256 = "";
  private final List<Long> received = new ArrayList<>();

  private final class Listener implements DataDownload.Progress {
    @Override
    public void begins(URI address) {}

    @Override
    public void received(long bytes, long total) {
      received.add(bytes);
    }

    @Override
    public void ended(Path file) {}
  }

  @BeforeEach
  void start() throws IOException {
    server = WordServer.start();
    Path words = Files.write(folder.resolve("words.txt"), WORDS);
    sha256 = RemoteData.sha256(words);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteData data(URI address) {
    return new RemoteData(address, sha256, folder.resolve("cache/data"));
  }

  private void fetch(URI address) throws InvalidInputException, IOException {
    fetch(address, Duration.ofSeconds(30));
  }

  private void fetch(URI address, Duration patience) throws InvalidInputException, IOException {
    DataDownload.Limits limits = new DataDownload.Limits(1 << 20, patience);
    new DataDownload(server::client, limits, new Listener()).provide(data(address));
  }

  private String problem(URI address) {
    return String.valueOf(assertThrows(IOException.class, () -> fetch(address)).getMessage());
  }

  private void assertFetched() throws IOException {
    assertTrue(data(server.address("/")).isFetched());
    assertTrue(
        Arrays.equals(WORDS, Files.readAllBytes(folder.resolve("cache/data").resolve(sha256))));
    assertFalse(Files.exists(part()), "a part is left");
  }

  private Path part() {
    return folder.resolve("cache/data").resolve(sha256 + ".part");
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /// Answers what is asked for, the rest of the words where that is.
  private static void sendAsked(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, WORDS);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, WORDS.length - 1, WORDS.length));
    send(exchange, 206, Arrays.copyOfRange(WORDS, from, WORDS.length));
  }

  /// Promises all words, and sends some.
  private static void sendTorn(HttpExchange exchange, int bytes) throws IOException {
    exchange.sendResponseHeaders(200, WORDS.length);
    exchange.getResponseBody().write(WORDS, 0, bytes);
    exchange.getResponseBody().flush();
  }

  @Test
  void wordsAreFetchedOnceAndThenNeedNoServer() throws Exception {
    URI address = server.answer("/words.txt", DataDownloadTest::sendAsked);
    fetch(address);
    assertFetched();
    fetch(address);
    assertEquals(List.of(""), server.ranges());
    server.close();
    fetch(address);
  }

  @Test
  void fileThatWasDamagedInTheCacheIsFetchedAgain() throws Exception {
    URI address = server.answer("/words.txt", DataDownloadTest::sendAsked);
    fetch(address);
    Files.writeString(data(address).path(), "other words");
    fetch(address);
    assertFetched();
  }

  @Test
  void transferThatBreaksOffGoesOnWhereItWas() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    URI address =
        server.answer(
            "/words.txt",
            exchange -> {
              if (requests.getAndIncrement() == 0) {
                sendTorn(exchange, 5000);
              } else {
                sendAsked(exchange);
              }
            });
    fetch(address);
    assertFetched();
    assertEquals(List.of("", "bytes=5000-"), server.ranges());
  }

  @Test
  void partOfAnotherFileIsFetchedAnew() throws Exception {
    URI address = server.answer("/words.txt", DataDownloadTest::sendAsked);
    Files.createDirectories(folder.resolve("cache/data"));
    Files.writeString(part(), "something else");
    fetch(address);
    assertFetched();
    assertEquals(List.of("bytes=14-", ""), server.ranges());
  }

  @Test
  void serverThatKnowsNoRangesIsReadFromTheBeginning() throws Exception {
    URI address = server.answer("/words.txt", exchange -> send(exchange, 200, WORDS));
    Files.createDirectories(folder.resolve("cache/data"));
    Files.write(part(), Arrays.copyOf(WORDS, 100));
    fetch(address);
    assertFetched();
  }

  @Test
  void partThatIsLongerThanTheFileIsFetchedAnew() throws Exception {
    URI address =
        server.answer(
            "/words.txt",
            exchange -> {
              if (exchange.getRequestHeaders().containsKey("Range")) {
                exchange.sendResponseHeaders(416, -1);
              } else {
                send(exchange, 200, WORDS);
              }
            });
    Files.createDirectories(folder.resolve("cache/data"));
    Files.write(part(), new byte[WORDS.length + 1]);
    fetch(address);
    assertFetched();
  }

  @Test
  void otherBytesThanThoseAskedForAreNotTaken() throws Exception {
    URI address =
        server.answer(
            "/words.txt",
            exchange -> {
              if (exchange.getRequestHeaders().containsKey("Range")) {
                exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/20");
                send(exchange, 206, new byte[10]);
              } else {
                send(exchange, 200, WORDS);
              }
            });
    Files.createDirectories(folder.resolve("cache/data"));
    Files.write(part(), Arrays.copyOf(WORDS, 100));
    fetch(address);
    assertFetched();
  }

  @Test
  void serverThatBreaksOffAlwaysIsSaidAndThePartKept() throws IOException {
    URI address = server.answer("/words.txt", exchange -> sendTorn(exchange, 5000));
    String problem = problem(address);
    assertTrue(problem.contains("broke off"), problem);
    assertTrue(problem.contains("5,000 bytes are kept"), problem);
    assertEquals(3, server.ranges().size());
  }

  @Test
  void serverThatSendsNothingMoreIsGivenUp() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    URI address =
        server.answer(
            "/words.txt",
            exchange -> {
              sendTorn(exchange, 10);
              await(end);
            });
    IOException silence =
        assertThrows(IOException.class, () -> fetch(address, Duration.ofMillis(700)));
    assertTrue(String.valueOf(silence.getMessage()).contains("nothing came for"));
    end.countDown();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void lengthThatIsTooSmallIsSeenByTheHash() {
    URI address =
        server.answer(
            "/words.txt",
            exchange -> send(exchange, 200, "emma\n".getBytes(StandardCharsets.UTF_8)));
    String problem = wrong(address);
    assertTrue(problem.contains("has the sha256"), problem);
    assertFalse(Files.exists(part()));
  }

  private String wrong(URI address) {
    return String.valueOf(
        assertThrows(InvalidInputException.class, () -> fetch(address)).getMessage());
  }

  @Test
  void otherWordsAreRefusedWithTheLineThatTakesThem() throws IOException {
    byte[] others = WORDS.clone();
    others[3] = 'o';
    Path file = Files.write(folder.resolve("others.txt"), others);
    URI address = server.answer("/words.txt", exchange -> send(exchange, 200, others));
    String problem = wrong(address);
    assertTrue(problem.contains("; sha256: " + RemoteData.sha256(file) + " takes"), problem);
    assertFalse(Files.exists(data(address).path()));
  }

  @Test
  void endlessBodyEndsAtTheLimit() throws IOException {
    URI address =
        server.answer(
            "/words.txt",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              while (true) {
                exchange.getResponseBody().write(WORDS);
              }
            });
    String problem = problem(address);
    assertTrue(problem.contains("is larger than 1,048,576 bytes"), problem);
    assertFalse(Files.exists(part()));
  }

  @Test
  void lengthAboveTheLimitIsRefusedBeforeAnythingComes() throws IOException {
    URI address =
        server.answer("/words.txt", exchange -> exchange.sendResponseHeaders(200, 1L << 40));
    assertTrue(problem(address).contains("is larger than 1,048,576 bytes"));
    assertEquals(1, server.ranges().size());
  }

  @Test
  void endlessRefusalIsNotRead() throws IOException {
    URI address =
        server.answer(
            "/words.txt",
            exchange -> {
              exchange.sendResponseHeaders(404, 0);
              while (true) {
                exchange.getResponseBody().write(WORDS);
              }
            });
    assertTrue(problem(address).contains("the server answers 404"));
    assertEquals(1, server.ranges().size());
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  @Test
  void redirectsAreFollowedToHttpsAlone() throws Exception {
    server.answer("/words.txt", DataDownloadTest::sendAsked);
    fetch(server.answer("/moved", exchange -> redirect(exchange, "/words.txt")));
    assertFetched();
    Files.delete(data(server.address("/")).path());
    URI toHttp = server.answer("/http", exchange -> redirect(exchange, "http://localhost/words"));
    assertTrue(problem(toHttp).contains("redirects to http://localhost/words; allowed: https"));
    URI toFile = server.answer("/file", exchange -> redirect(exchange, "file:///etc/passwd"));
    assertTrue(problem(toFile).contains("allowed: https"));
    URI round = server.answer("/round", exchange -> redirect(exchange, "/round"));
    assertTrue(problem(round).contains("redirects more than 5 times"));
  }

  @Test
  void serverThatNobodyTrustsIsRefused() {
    URI address = server.answer("/words.txt", DataDownloadTest::sendAsked);
    DataDownload.Limits limits = new DataDownload.Limits(1 << 20, Duration.ofSeconds(5));
    DataDownload download =
        new DataDownload(() -> DataDownload.builder().build(), limits, new Listener());
    assertThrows(IOException.class, () -> download.provide(data(address)));
    assertEquals(List.of(), server.ranges());
  }

  @Test
  void serverThatIsNotThereIsSaid() {
    URI address = server.address("/words.txt");
    server.close();
    String problem = problem(address);
    assertTrue(problem.endsWith(": there is no connection to localhost"), problem);
  }

  @Test
  void linkInThePlaceOfThePartIsRefused() throws IOException {
    URI address = server.answer("/words.txt", DataDownloadTest::sendAsked);
    Files.createDirectories(folder.resolve("cache/data"));
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
    Files.createSymbolicLink(part(), elsewhere);
    assertTrue(problem(address).contains("is a link"));
    assertEquals("mine", Files.readString(elsewhere));
  }

  @Test
  void whoComesSecondWaitsForTheFirst() throws Exception {
    URI address = server.answer("/words.txt", DataDownloadTest::sendAsked);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<Boolean> fetching =
          () -> {
            fetch(address);
            return true;
          };
      for (Future<Boolean> one :
          threads.invokeAll(List.of(fetching, fetching, fetching, fetching))) {
        assertTrue(one.get());
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
    assertFetched();
    assertEquals(1, server.ranges().size());
  }

  @Test
  void fileOfThisMachineIsCopied() throws Exception {
    fetch(URI.create("file://" + folder.resolve("words.txt")));
    assertFetched();
    Files.delete(data(server.address("/")).path());
    assertTrue(problem(URI.create("file:///no/such/file")).contains("there is no such file"));
  }
}
