package twister.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExchangeTest {
  private static HttpResponse<String> answer(Exchange.Answering answering)
      throws IOException, InterruptedException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", raw -> Exchange.answer(raw, answering));
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      return client.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void tooLittleMemoryIsAnAnswer() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        answer(
            _ -> {
              throw new OutOfMemoryError("Java heap space");
            });
    assertEquals(500, answer.statusCode());
    assertTrue(answer.body().contains("too little memory"), answer.body());
  }

  @Test
  void faultsAreAnswers() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        answer(
            _ -> {
              throw new IllegalStateException("no such thing");
            });
    assertEquals(500, answer.statusCode());
    assertTrue(answer.body().contains("no such thing"), answer.body());
  }
}
