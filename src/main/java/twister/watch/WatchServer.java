package twister.watch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import twister.spec.LossUnit;
import twister.tracking.BigramTable;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;

/// Serves the page of experiments to browsers of this machine, with the JDK's own server.
///
/// It reads results and writes none of them, but for tags and notes where that is allowed. Each
/// request has a virtual thread; a client that stops reading holds that thread and nothing else.
public final class WatchServer implements AutoCloseable {
  private static final int MOST_STREAMS = 64;

  /// Connections that wait until they are taken.
  private static final int MOST_WAITING = 256;

  private static final int LARGEST_BODY = 16_384;
  private static final Duration FAREWELL = Duration.ofMillis(500);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /// Between two events of a stream.
  private static final Duration LEAST_PAUSE = Duration.ofMillis(250);

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Connections that send nothing end after a few seconds, and until then cost next to nothing.
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.clockTick", "1000");
    System.setProperty("jdk.httpserver.maxConnections", "1024");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore streams = new Semaphore(MOST_STREAMS);
  private final Assets assets = new Assets();
  private final LiveResults results;
  private final ChangeFeed changes;
  private final Options options;

  /// What a server may do.
  ///
  /// @param port on 127.0.0.1; 0 for one that is free
  /// @param allowsNotes whether tags and notes may be changed
  /// @param unit of losses in sentences and tables
  public record Options(int port, boolean allowsNotes, LossUnit unit) {}

  private WatchServer(HttpServer server, Path folder, Options options) {
    this.server = server;
    this.options = options;
    results = new LiveResults(folder, options.unit(), options.allowsNotes());
    changes = new ChangeFeed(results);
  }

  /// Starts a server.
  ///
  /// @param folder of all results
  /// @throws java.net.BindException if the port is in use
  /// @throws IOException if the machine allows no server
  public static WatchServer start(Path folder, Options options) throws IOException {
    InetAddress local = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    HttpServer server =
        HttpServer.create(new InetSocketAddress(local, options.port()), MOST_WAITING);
    WatchServer watch = new WatchServer(server, folder, options);
    server.createContext("/", raw -> Exchange.answer(raw, watch::answer));
    server.setExecutor(watch.threads);
    server.start();
    return watch;
  }

  /// The port that it listens on.
  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(Exchange exchange) throws IOException, InterruptedException {
    String problem = Guard.problem(exchange);
    if (!problem.isEmpty()) {
      exchange.refuse(Exchange.FORBIDDEN, problem);
      return;
    }
    Optional<List<String>> parts = parts(exchange.rawPath());
    if (parts.isPresent()) {
      route(exchange, parts.get());
    } else {
      exchange.refuse(Exchange.BAD_REQUEST, "the address has an escape that means nothing");
    }
  }

  /// The parts of a path between its slashes; empty where an escape in it means nothing.
  private static Optional<List<String>> parts(String rawPath) {
    try {
      return Optional.of(
          List.of(rawPath.substring(Math.min(1, rawPath.length())).split("/", -1)).stream()
              .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
              .toList());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void route(Exchange exchange, List<String> path)
      throws IOException, InterruptedException {
    boolean isNotes = path.size() == 6 && path.getLast().equals("notes");
    if (!(isNotes ? Set.of("POST") : Set.of("GET", "HEAD")).contains(exchange.method())) {
      exchange.refuse(Exchange.NO_SUCH_METHOD, "this address does not know the method");
      return;
    }
    switch (path.getFirst()) {
      case "" -> sendAsset(exchange, path.size() == 1 ? "watch.html" : "");
      case "assets" -> sendAsset(exchange, path.size() == 2 ? path.get(1) : "");
      case "favicon.ico" -> exchange.send(Exchange.NO_CONTENT);
      case "events" -> stream(exchange);
      case "api" -> answerApi(exchange, path.subList(1, path.size()));
      default -> exchange.refuse(Exchange.NOT_FOUND, "there is nothing at this address");
    }
  }

  private void sendAsset(Exchange exchange, String name) throws IOException {
    Optional<byte[]> file = assets.file(name);
    if (file.isPresent()) {
      exchange.send(Exchange.OK, Assets.type(name), file.get());
    } else {
      exchange.refuse(Exchange.NOT_FOUND, "there is no such file");
    }
  }

  private void answerApi(Exchange exchange, List<String> path) throws IOException {
    try {
      if (path.equals(List.of("experiments"))) {
        exchange.json(
            Exchange.OK,
            json -> {
              json.beginArray();
              for (LiveExperiment experiment : results.experiments()) {
                experiment.writeSummary(json);
              }
              json.endArray();
            });
        return;
      }
      Optional<LiveExperiment> experiment =
          path.size() < 2 || !path.getFirst().equals("experiment")
              ? Optional.empty()
              : results.experiment(path.get(1));
      if (experiment.isEmpty()) {
        exchange.refuse(Exchange.NOT_FOUND, "there is no such experiment");
      } else {
        answer(exchange, experiment.get(), path.subList(2, path.size()));
      }
    } catch (IOException e) {
      exchange.refuse(Exchange.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void answer(Exchange exchange, LiveExperiment experiment, List<String> path)
      throws IOException {
    if (path.isEmpty()) {
      exchange.sendJson(Exchange.OK, experiment.page());
    } else if (path.equals(List.of("curves"))) {
      exchange.json(Exchange.OK, json -> experiment.writeCurves(json, exchange.queried("run")));
    } else if (path.size() >= 2 && path.getFirst().equals("run")) {
      Optional<LiveExperiment.Run> run = experiment.run(path.get(1));
      if (run.isEmpty()) {
        exchange.refuse(Exchange.NOT_FOUND, "there is no such run");
      } else {
        answer(exchange, experiment, run.get(), path.subList(2, path.size()));
      }
    } else {
      exchange.refuse(Exchange.NOT_FOUND, "there is nothing at this address");
    }
  }

  /// @param path what is asked of the run
  private void answer(
      Exchange exchange, LiveExperiment experiment, LiveExperiment.Run asked, List<String> path)
      throws IOException {
    RunFolder run = asked.folder();
    switch (path.isEmpty() ? "" : path.size() == 1 ? path.getFirst() : "?") {
      case "" -> exchange.json(Exchange.OK, json -> RunJson.write(json, asked, options.unit()));
      case "bigrams" -> {
        if (run.has(run.bigrams())) {
          BigramTable table = BigramTable.read(run.bigrams());
          exchange.json(Exchange.OK, json -> RunJson.write(json, table));
        } else {
          exchange.send(Exchange.NO_CONTENT); // It is no model of bigrams, or not trained yet.
        }
      }
      case "notes" -> takeNotes(exchange, experiment, run);
      default -> exchange.refuse(Exchange.NOT_FOUND, "there is nothing at this address");
    }
  }

  private void takeNotes(Exchange exchange, LiveExperiment experiment, RunFolder run)
      throws IOException {
    if (!options.allowsNotes()) {
      exchange.refuse(Exchange.FORBIDDEN, "notes may be written with twister watch --allow-notes");
      return;
    }
    if (!exchange.header("Content-Type").startsWith("application/json")) {
      exchange.refuse(Exchange.BAD_REQUEST, "the request is no JSON");
      return;
    }
    byte[] body = exchange.body(LARGEST_BODY);
    if (body.length > LARGEST_BODY) {
      exchange.refuse(Exchange.TOO_LARGE, "tags and note are too long");
      return;
    }
    NotesRequest request = NotesRequest.of(body);
    if (!request.problem().isEmpty()) {
      exchange.refuse(Exchange.BAD_REQUEST, request.problem());
      return;
    }
    RunNotes now = RunNotes.change(run, request::over);
    if (!request.isDone(now)) {
      exchange.json(Exchange.CONFLICT, json -> RunJson.writeConflict(json, now));
      return;
    }
    experiment.forget();
    changes.changed(experiment.name());
    exchange.send(Exchange.NO_CONTENT);
  }

  /// Tells of changes for as long as the client reads.
  private void stream(Exchange exchange) throws IOException, InterruptedException {
    if (exchange.method().equals("HEAD")) {
      exchange.send(Exchange.OK, Exchange.EVENTS, new byte[0]);
      return;
    }
    if (!streams.tryAcquire()) {
      exchange.refuse(Exchange.BUSY, "too many pages are open");
      return;
    }
    try (OutputStream out = exchange.events()) {
      long seen = changes.version();
      send(out, ": twister watch\n\n");
      while (true) {
        ChangeFeed.Changes next = changes.await(seen, HEARTBEAT);
        if (next.isEnd()) {
          send(out, "event: end\ndata: {}\n\n");
          return;
        }
        seen = next.version();
        send(out, event(next));
        Thread.sleep(LEAST_PAUSE);
      }
    } catch (IOException e) {
      return; // The page was closed.
    } finally {
      streams.release();
    }
  }

  private static String event(ChangeFeed.Changes changes) {
    if (changes.experiments().isEmpty()) {
      return ": still here\n\n";
    }
    JsonArray names = new JsonArray();
    changes.experiments().forEach(names::add);
    JsonObject data = new JsonObject();
    data.add("experiments", names);
    return "event: changed\ndata: " + data + "\n\n";
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// Ends all streams, which say so where somebody reads them, and the server.
  @Override
  public void close() {
    changes.close();
    try {
      boolean _ = streams.tryAcquire(MOST_STREAMS, FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
