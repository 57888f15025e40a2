package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.experiment.MissingRuns;
import twister.spec.LossUnit;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;
import twister.tracking.RunsTable;
import twister.watch.WatchServer;

/// A server that says nothing would keep the tests waiting for ever.
@Timeout(120)
@Tag("processor")
class WatchServerTest extends CommandLineTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private WatchServer server;
  private String run = "";

  @BeforeEach
  void serveOneRun() throws IOException {
    run = runFolder(run(small, "-q")).getFileName().toString();
    server = WatchServer.start(results, new WatchServer.Options(0, true, LossUnit.NATS));
  }

  @AfterEach
  void end() {
    server.close();
    // Streams that nobody reads to their end would never let it close.
    client.shutdownNow();
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonObject json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /// A stream of events.
  private HttpResponse<Stream<String>> events() throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address("/events")).build(), HttpResponse.BodyHandlers.ofLines());
  }

  /// A connection that sends a text as it is, as no client of HTTP would.
  private Socket sent(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String firstLine(Socket socket) throws IOException {
    InputStreamReader in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
    return String.valueOf(new BufferedReader(in).readLine());
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /// Sends the lines of a request.
  ///
  /// @return the first line of the answer
  private String raw(String... lines) throws IOException {
    try (Socket socket = sent(String.join("\r\n", lines) + "\r\n\r\n")) {
      return firstLine(socket);
    }
  }

  private HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void experimentsAreListedAndShown() throws IOException, InterruptedException {
    String list = get("/api/experiments").body();
    assertTrue(list.contains("{\"name\":\"small\",\"runs\":1,\"states\":{\"finished\":1}"), list);
    JsonObject shown = json("/api/experiment/small");
    assertEquals("Does it run?", shown.get("question").getAsString());
    assertTrue(shown.get("answer").toString().contains("nats per character"), shown.toString());
    JsonObject curves = json("/api/experiment/small/curves");
    assertEquals(
        3, curves.getAsJsonArray("runs").get(0).getAsJsonObject().getAsJsonArray("losses").size());
    JsonObject one = json("/api/experiment/small/run/" + run);
    assertEquals("finished", one.get("status").getAsString());
    assertEquals(2, one.getAsJsonArray("samples").size());
    JsonObject bigrams = json("/api/experiment/small/run/" + run + "/bigrams");
    int symbols = bigrams.getAsJsonArray("symbols").size();
    assertEquals(symbols, bigrams.getAsJsonArray("probabilities").size());
  }

  @Test
  void damagedExperimentsLeaveTheOthersToSee() throws IOException, InterruptedException {
    Path bad = Files.move(results.resolve("small"), results.resolve("bad"));
    Files.writeString(bad.resolve("runs.csv"), "x\n1\n");
    run(small, "-q");
    HttpResponse<String> list = get("/api/experiments");
    assertEquals(200, list.statusCode(), list.body());
    JsonObject said = JsonParser.parseString(list.body()).getAsJsonArray().get(0).getAsJsonObject();
    assertEquals("bad", said.get("name").getAsString());
    assertTrue(said.get("problem").getAsString().contains("bad/runs.csv, line 1"), list.body());
    assertTrue(list.body().contains("{\"name\":\"small\",\"runs\":1"), list.body());
    assertEquals(500, get("/api/experiment/bad").statusCode());
  }

  @Test
  void headOfTheEventsIsAnswered() throws IOException, InterruptedException {
    HttpResponse<String> head =
        client.send(
            HttpRequest.newBuilder(address("/events")).HEAD().build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, head.statusCode());
    assertEquals(
        List.of(), head.headers().allValues("Transfer-Encoding"), "no stream begins by HEAD");
  }

  @Test
  void deletionsAreTold() throws IOException, InterruptedException {
    HttpResponse<Stream<String>> stream = events();
    Files.move(results.resolve("small"), folder.resolve("moved"));
    try (Stream<String> lines = stream.body()) {
      assertTrue(
          lines
              .takeWhile(line -> !line.equals(": still here"))
              .anyMatch(line -> line.equals("data: {\"experiments\":[\"small\"]}")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/experiment/..",
        "/api/experiment/..%2f..",
        "/api/experiment/small/run/..",
        "/api/experiment/small/run/..%2fsmall",
        "/assets/..%2fwatch.html",
        "/assets/../Main.class",
        "/api/experiment/%2e%2e/run/x",
        "/api/experiment/small/run/.",
        "/etc/passwd",
        "//etc/passwd",
        "/api/experiment/link",
        "/api/experiment/small/run/linked",
        "/api",
        "/api/experiment"
      })
  void noAddressLeadsOutOfTheResults(String path) throws IOException, InterruptedException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("runs.csv"), "run,status\n");
    Files.createSymbolicLink(results.resolve("link"), outside);
    Files.createSymbolicLink(results.resolve("small/linked"), outside);
    assertEquals(404, get(path).statusCode(), path);
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example:PORT, '', '', 403",
    "'', '', '', 400",
    "127.0.0.1.evil.example:PORT, '', '', 403",
    "localhost:PORT, '', '', 200",
    "[::1]:PORT, '', '', 200",
    "localhost:9000, '', '', 200",
    "127.0.0.1:PORT, http://127.0.0.1:PORT, same-origin, 200",
    "127.0.0.1:PORT, http://localhost:3000, '', 403",
    "127.0.0.1:PORT, null, '', 403",
    "127.0.0.1:PORT, '', cross-site, 403",
    "127.0.0.1:PORT, '', same-site, 403",
    "127.0.0.1:PORT, '', none, 200"
  })
  void pagesOfOthersAreRefused(String host, String origin, String site, int status)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("GET /api/experiments HTTP/1.1"));
    if (!host.isEmpty()) {
      lines.add("Host: " + host);
    }
    if (!origin.isEmpty()) {
      lines.add("Origin: " + origin);
    }
    if (!site.isEmpty()) {
      lines.add("Sec-Fetch-Site: " + site);
    }
    lines.add("Connection: close");
    String port = Integer.toString(server.port());
    String answer =
        raw(lines.stream().map(line -> line.replace("PORT", port)).toArray(String[]::new));
    assertTrue(answer.contains(status == 400 ? " 40" : " " + status), answer);
  }

  @Test
  void escapesThatMeanNothingAreRefused() throws IOException {
    String answer = raw("GET /api/experiment/%zz HTTP/1.1", "Host: localhost", "Connection: close");
    assertTrue(answer.contains(" 400"), answer);
  }

  @Test
  void answersForbidForeignCodeAndFrames() throws IOException, InterruptedException {
    HttpHeaders headers = get("/").headers();
    String policy = headers.firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertEquals(List.of("nosniff"), headers.allValues("X-Content-Type-Options"));
    assertEquals(List.of("no-store"), headers.allValues("Cache-Control"));
    assertEquals(204, get("/favicon.ico").statusCode());
  }

  @Test
  void onlyNotesAreWrittenAndOnlyWhereThatIsAllowed() throws IOException, InterruptedException {
    String path = "/api/experiment/small/run/" + run + "/notes";
    RunFolder folder = new RunFolder(results.resolve("small").resolve(run));
    assertEquals(204, post(path, "{\"tags\":[\"paper\"],\"note\":\" good \"}").statusCode());
    assertEquals(new RunNotes(List.of("paper"), "good"), RunNotes.read(folder));
    assertEquals(400, post(path, "{\"tags\":[\"two words\"]}").statusCode());
    assertEquals(400, post(path, "{\"tags\":").statusCode());
    assertEquals(400, post(path, "[]").statusCode());
    assertEquals(400, post(path, "{\"note\":\"a\\u0007b\"}").statusCode());
    assertEquals(413, post(path, "{\"note\":\"" + "x".repeat(20_000) + "\"}").statusCode());
    assertEquals(403, post(path, "{}", "Origin", "http://evil.example").statusCode());
    assertEquals(405, post("/api/experiments", "{}").statusCode());
    assertEquals(405, get(path).statusCode());
    assertEquals(new RunNotes(List.of("paper"), "good"), RunNotes.read(folder));
    server.close();
    server = WatchServer.start(results, new WatchServer.Options(0, false, LossUnit.NATS));
    assertEquals(403, post(path, "{\"tags\":[\"other\"]}").statusCode());
    assertEquals(new RunNotes(List.of("paper"), "good"), RunNotes.read(folder));
  }

  @Test
  void notesOfOthersAreNotErased() throws IOException, InterruptedException {
    String path = "/api/experiment/small/run/" + run + "/notes";
    RunFolder folder = new RunFolder(results.resolve("small").resolve(run));
    twister("note", results.resolve("small").resolve(run), "theirs");
    assertEquals("theirs", RunNotes.read(folder).note());
    // What a page leaves out stays as it is.
    assertEquals(204, post(path, "{\"tags\":[\"paper\"],\"read\":{\"tags\":[]}}").statusCode());
    assertEquals(new RunNotes(List.of("paper"), "theirs"), RunNotes.read(folder));
    HttpResponse<String> refused = post(path, "{\"note\":\"mine\",\"read\":{\"note\":\"\"}}");
    assertEquals(409, refused.statusCode());
    assertEquals(
        "{\"problem\":\"somebody else has changed them meanwhile\",\"tags\":[\"paper\"],"
            + "\"note\":\"theirs\"}",
        refused.body());
    assertEquals("theirs", RunNotes.read(folder).note());
    String again = "{\"note\":\"mine\",\"read\":{\"note\":\"theirs\"}}";
    assertEquals(204, post(path, again).statusCode());
    assertEquals(204, post(path, again).statusCode(), "it says so already");
    assertEquals(new RunNotes(List.of("paper"), "mine"), RunNotes.read(folder));
  }

  @Test
  void notesThatCommandsWriteAreTold() throws IOException, InterruptedException {
    twister("note", results.resolve("small").resolve(run), "first");
    json("/api/experiment/small");
    HttpResponse<Stream<String>> stream = events();
    twister("note", results.resolve("small").resolve(run), "second");
    try (Stream<String> lines = stream.body()) {
      assertTrue(
          lines
              .takeWhile(line -> !line.equals(": still here"))
              .anyMatch(line -> line.equals("data: {\"experiments\":[\"small\"]}")));
    }
  }

  @Test
  void nothingIsWrittenByReading() throws IOException, InterruptedException {
    Files.delete(results.resolve("small/runs.csv"));
    List<String> before = all();
    get("/api/experiments");
    get("/api/experiment/small");
    get("/api/experiment/small/curves");
    assertEquals(before, all());
  }

  private List<String> all() throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void changesAreToldAndTheEndIs() throws IOException, InterruptedException {
    HttpResponse<Stream<String>> stream = events();
    assertEquals(
        "text/event-stream; charset=utf-8", stream.headers().firstValue("Content-Type").orElse(""));
    Thread trains =
        Thread.ofVirtual().start(() -> run(small, "-q", "--set", "training.learning-rate=2"));
    List<String> lines = new ArrayList<>();
    boolean isTold =
        stream
            .body()
            .peek(lines::add)
            .anyMatch(line -> line.equals("data: {\"experiments\":[\"small\"]}"));
    assertTrue(isTold, lines.toString());
    trains.join();
    assertTrue(lines.contains("event: changed"), lines.toString());
    assertEquals(
        2,
        json("/api/experiment/small")
            .getAsJsonArray("runs")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("cells")
            .size());
  }

  @Test
  void runsOfKilledProcessesAreInterrupted() throws IOException, InterruptedException {
    Process training =
        start(
            List.of("run", "-q", "--results", results, small, "--set", "training.steps=100000000"));
    try {
      while (training.isAlive() && !states().has("running")) {
        Thread.onSpinWait();
      }
      assertTrue(json("/api/experiment/small").get("missing").isJsonNull());
    } finally {
      training.destroyForcibly().waitFor();
    }
    HttpResponse<Stream<String>> stream = events();
    try (Stream<String> lines = stream.body()) {
      assertTrue(lines.anyMatch(line -> line.startsWith("data: {\"ex") && isInterrupted()));
    }
    JsonObject shown = json("/api/experiment/small");
    assertTrue(shown.get("left").isJsonNull());
    assertEquals(
        "1 run was interrupted; run the same command again", shown.get("missing").getAsString());
    Path table = results.resolve("small/runs.csv");
    String before = Files.readString(table);
    Answer runs = twister("runs", "small", "--each", "--results", results);
    assertTrue(runs.out().contains("1 run was interrupted; run the same"), runs.out());
    assertTrue(twister("list", "--results", results).out().contains("interrupted"));
    assertEquals(before, Files.readString(table));
  }

  @Test
  void thePageMayBeOpenedBeforeTheFirstRun() throws IOException, InterruptedException {
    server.close();
    Path later = folder.resolve("later");
    server = WatchServer.start(later, new WatchServer.Options(0, false, LossUnit.NATS));
    assertEquals("[]", get("/api/experiments").body());
    assertEquals(0, twister("run", small, "-q", "--results", later).code());
    assertEquals(1, json("/api/experiment/small").getAsJsonObject("states").size());
  }

  @Test
  void aSweepThatWasKilledBeforeItsFirstRunSaysSo() throws IOException, InterruptedException {
    Path next = Files.createDirectory(results.resolve("next"));
    Files.createFile(next.resolve(".lock"));
    Files.writeString(
        next.resolve("spec.yaml"),
        Files.readString(small).replace("Does it run", "What next") + "sweep: {seeds: 2}\n");
    JsonObject shown = json("/api/experiment/next");
    assertEquals("What next?", shown.get("question").getAsString());
    assertTrue(shown.get("missing").getAsString().startsWith("no run is complete; "));
  }

  @Test
  void nobodyIsAskedToStartWhatIsInTraining() throws IOException {
    run(small, "-q", "--sweep", "seeds=2");
    ExperimentFolder experiment = new ExperimentFolder(results.resolve("small"));
    RunsTable all = RunsTable.read(experiment);
    RunsTable.Row first = all.rows().getFirst();
    RunsTable one = all.with(List.of(first));
    assertTrue(MissingRuns.text(experiment, one).orElse("").contains(" missing; "));
    List<String> cells =
        all.rows().getLast().cells().stream()
            .map(cell -> cell.equals("finished") ? "running" : cell)
            .toList();
    RunsTable trained = all.with(List.of(first, new RunsTable.Row(first.places(), cells)));
    assertEquals(
        Optional.of("1 of 2 runs of the sweep in spec.yaml are done, and it is in training"),
        MissingRuns.text(experiment, trained));
    try (FileChannel training = experiment.lock().orElseThrow()) {
      // A large sweep has no row of a run in training.
      assertTrue(training.isOpen());
      assertTrue(MissingRuns.text(experiment, one).orElse("").endsWith("and it is in training"));
    }
  }

  private JsonObject states() throws IOException, InterruptedException {
    return json("/api/experiment/small").getAsJsonObject("states");
  }

  private boolean isInterrupted() {
    try {
      return states().has("interrupted");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void streamsSayThatTheServerEnds() throws IOException, InterruptedException {
    HttpResponse<Stream<String>> stream = events();
    Thread.ofVirtual().start(server::close);
    assertTrue(stream.body().anyMatch(line -> line.equals("event: end")));
  }

  @Test
  void clientsThatStopReadingHoldNobodyUp() throws IOException, InterruptedException {
    // More than all buffers of a connection take.
    String script = "GET /assets/uplot.js HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200);
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        silent.add(sent(script));
      }
      assertTrue(get("/api/experiments").body().contains("small"));
    } finally {
      close(silent);
    }
  }

  @Test
  @Timeout(10)
  void connectionsThatSendNothingHoldNobodyUp() throws IOException, InterruptedException {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        silent.add(sent(""));
      }
      assertTrue(get("/api/experiments").body().contains("small"));
      assertEquals(200, get("/").statusCode());
    } finally {
      close(silent);
    }
  }

  @Test
  void tooManyStreamsAreRefused() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      int refused = 0;
      for (int i = 0; i < 70; i++) {
        open.add(sent("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        refused += firstLine(open.getLast()).contains(" 503 ") ? 1 : 0;
      }
      assertEquals(6, refused);
    } finally {
      close(open);
    }
  }

  @Test
  void secondServerOnAPortSaysSo() throws IOException {
    Answer answer = twister("watch", "--results", results, "--port", server.port(), "--no-open");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("is in use, perhaps by another twister watch"), answer.err());
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(2, twister("watch", "--results", file, "--no-open").code());
    assertFalse(twister("watch", "--results", results, "--port", "70000").err().isEmpty());
  }
}
