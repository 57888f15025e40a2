package twister.watch;

import com.google.gson.stream.JsonWriter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// A request and its answer.
final class Exchange {
  static final int OK = 200;
  static final int NO_CONTENT = 204;
  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NO_SUCH_METHOD = 405;
  static final int CONFLICT = 409;
  static final int TOO_LARGE = 413;
  static final int FAILED = 500;
  static final int BUSY = 503;

  /// The type of a stream of events.
  static final String EVENTS = "text/event-stream; charset=utf-8";

  /// Scripts and styles of this server alone, nothing of elsewhere, in no frame of others.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private final HttpExchange exchange;
  private final InputStream body;

  Exchange(HttpExchange exchange) {
    this.exchange = exchange;
    // The JDK's server keeps a connection only where somebody has asked for the body.
    body = exchange.getRequestBody();
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  /// Answers a request.
  @FunctionalInterface
  interface Answering {
    void answer(Exchange exchange) throws IOException, InterruptedException;
  }

  /// Answers a request, with a sentence where that fails for whatever reason: a page that is told
  /// nothing would wait, or believe that there is no server.
  static void answer(HttpExchange raw, Answering answering) throws IOException {
    Exchange exchange = new Exchange(raw);
    try {
      answering.answer(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server ends.
    } catch (OutOfMemoryError e) {
      exchange.fail(
          "twister watch has too little memory to answer; TWISTER_JAVA_OPTIONS=-Xmx1g gives it"
              + " more");
    } catch (RuntimeException | Error e) {
      exchange.fail("a fault of twister: " + e);
      throw e;
    } finally {
      exchange.close();
    }
  }

  private void fail(String why) throws IOException {
    if (exchange.getResponseCode() < 0) {
      refuse(FAILED, why);
    }
  }

  /// The method in capitals.
  String method() {
    return exchange.getRequestMethod();
  }

  /// What is asked for, as it was sent: without the address of the server, escapes as they are.
  String rawPath() {
    String path = exchange.getRequestURI().getRawPath();
    return path == null ? "" : path;
  }

  /// The values of a name in the query of the address.
  List<String> queried(String name) {
    String query = exchange.getRequestURI().getQuery();
    return query == null
        ? List.of()
        : Stream.of(query.split("&", -1))
            .filter(part -> part.startsWith(name + "="))
            .map(part -> part.substring(name.length() + 1))
            .toList();
  }

  /// A header of the request; empty where it was not sent, or more than once.
  String header(String name) {
    var values = exchange.getRequestHeaders().get(name);
    return values == null || values.size() != 1 ? "" : values.getFirst();
  }

  /// Whether a header was sent.
  boolean has(String name) {
    return exchange.getRequestHeaders().containsKey(name);
  }

  /// The body of the request.
  ///
  /// @param most so many bytes are read, and one more where there are more
  byte[] body(int most) throws IOException {
    return body.readNBytes(most + 1);
  }

  /// What writes an object or an array of JSON.
  @FunctionalInterface
  interface Content {
    void write(JsonWriter json) throws IOException;
  }

  /// Answers with JSON.
  void json(int status, Content content) throws IOException {
    sendJson(status, bytes(content));
  }

  /// Answers with JSON that was written before.
  void sendJson(int status, byte[] json) throws IOException {
    send(status, "application/json; charset=utf-8", json);
  }

  /// Writes JSON.
  static byte[] bytes(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
      content.write(json);
    }
    return bytes.toByteArray();
  }

  /// Answers that it cannot be done.
  ///
  /// @param why a sentence without a full stop
  void refuse(int status, String why) throws IOException {
    json(status, json -> json.beginObject().name("problem").value(why).endObject());
  }

  /// Answers with nothing but a status.
  void send(int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  /// Answers with a document.
  void send(int status, String type, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean isHead = method().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead || bytes.length == 0 ? -1 : bytes.length);
    if (!isHead) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /// Begins a stream of events, to which the caller writes.
  OutputStream events() throws IOException {
    exchange.getResponseHeaders().set("Content-Type", EVENTS);
    exchange.sendResponseHeaders(OK, 0);
    return exchange.getResponseBody();
  }

  /// Ends it, when all is sent that is to be.
  void close() {
    exchange.close();
  }
}
