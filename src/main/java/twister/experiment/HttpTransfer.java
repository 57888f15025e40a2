package twister.experiment;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fetches a file by HTTPS, on from what is there of it. What servers say of lengths is believed
/// only where it ends a transfer early.
final class HttpTransfer {
  private static final int MOST_REDIRECTS = 5;
  private static final long LOOK_MILLISECONDS = 100;

  private final HttpClient client;
  private final DataDownload.Limits limits;
  private final DataDownload.Progress progress;

  /// A transfer that may do better when it is tried again.
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1;

    Broken(String why) {
      super(why);
    }
  }

  HttpTransfer(HttpClient client, DataDownload.Limits limits, DataDownload.Progress progress) {
    this.client = client;
    this.limits = limits;
    this.progress = progress;
  }

  /// Fetches a file.
  ///
  /// @param part what is there of it, to which the rest is added
  /// @throws Broken if it is worth another try
  /// @throws IOException if not
  void fetch(URI address, Path part) throws IOException {
    URI at = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Optional<String> other = fetchOrFollow(at, part);
      if (other.isEmpty()) {
        return;
      }
      at = redirected(address, at, other.get());
    }
    throw problem(address, "redirects more than %d times".formatted(MOST_REDIRECTS));
  }

  /// Signed links have keys in their queries, which no log shall show.
  private static String withoutKeys(URI address) {
    return address.toString().replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
  }

  private static URI redirected(URI address, URI at, String location) throws IOException {
    try {
      URI next = at.resolve(location);
      if ("https".equals(next.getScheme()) && next.getHost() != null) {
        return next;
      }
      throw problem(address, "redirects to %s; allowed: https".formatted(withoutKeys(next)));
    } catch (IllegalArgumentException e) {
      throw problem(address, "redirects to no address");
    }
  }

  private static IOException problem(URI address, String what) {
    return new IOException("data.url: %s: %s".formatted(withoutKeys(address), what));
  }

  /// That a file is larger than may be fetched.
  static IOException tooLarge(URI address, DataDownload.Limits limits) {
    return problem(address, "is larger than %,d bytes".formatted(limits.mostBytes()));
  }

  /// @return where the file is instead, if it is elsewhere
  private Optional<String> fetchOrFollow(URI at, Path part) throws IOException {
    long there = Files.exists(part, LinkOption.NOFOLLOW_LINKS) ? Files.size(part) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(limits.patience());
    if (there > 0) {
      request.header("Range", "bytes=%d-".formatted(there));
    }
    try (Sink sink = new Sink(part, there)) {
      HttpResponse<Void> answer = await(at, request.build(), sink);
      int status = answer.statusCode();
      Optional<String> location = answer.headers().firstValue("Location");
      if (status >= 300 && status < 400 && location.isPresent()) {
        return location;
      }
      if (status == 416) {
        sink.empty();
        throw new Broken("it has other bytes now");
      }
      if (status >= 500 || status == 429) {
        throw new Broken("the server answers %d".formatted(status));
      }
      if (status != 200 && status != 206) {
        throw problem(at, "the server answers %d".formatted(status));
      }
      return Optional.empty();
    }
  }

  private HttpResponse<Void> await(URI at, HttpRequest request, Sink sink) throws IOException {
    CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, sink::body);
    try {
      return await(at, answer, sink);
    } catch (ExecutionException e) {
      sink.throwFailure(at);
      throw new Broken(reason(at, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("data.url: ended while %s was fetched".formatted(at), e);
    } finally {
      answer.cancel(true);
    }
  }

  /// A request has a limit of time until its answer begins only; what follows is watched here.
  private HttpResponse<Void> await(URI at, CompletableFuture<HttpResponse<Void>> answer, Sink sink)
      throws IOException, ExecutionException, InterruptedException {
    long latest = System.nanoTime();
    long bytes = -1;
    while (true) {
      try {
        HttpResponse<Void> ended = answer.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
        sink.throwFailure(at);
        return ended;
      } catch (TimeoutException e) {
        sink.throwFailure(at);
        if (sink.bytes() != bytes) {
          bytes = sink.bytes();
          latest = System.nanoTime();
          progress.received(bytes, sink.total());
        } else if (System.nanoTime() - latest > limits.patience().toNanos()) {
          throw new Broken(silence());
        }
      }
    }
  }

  private String silence() {
    return "nothing came for %d s".formatted(limits.patience().toSeconds());
  }

  private String reason(URI at, ExecutionException problem) {
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    if (cause instanceof HttpTimeoutException) {
      return silence();
    }
    if (cause instanceof ConnectException) {
      return "there is no connection to " + at.getHost();
    }
    String message = cause.getMessage();
    return "the transfer broke off: "
        + (message == null ? cause.getClass().getSimpleName() : message);
  }

  /// Writes what comes to the file.
  private final class Sink implements Closeable {
    private final Path file;
    private final long there;
    private Optional<FileChannel> channel = Optional.empty();
    private Optional<IOException> failure = Optional.empty();
    private boolean isTooLarge;
    private boolean isClosed;
    private long bytes;
    private long total = -1;

    Sink(Path file, long there) {
      this.file = file;
      this.there = there;
      bytes = there;
    }

    /// What to do with an answer: only a whole file and the rest of one are read.
    HttpResponse.BodySubscriber<Void> body(HttpResponse.ResponseInfo answer) {
      boolean isRest = answer.statusCode() == 206 && isFromHere(answer);
      if (answer.statusCode() != 200 && !isRest) {
        if (answer.statusCode() == 206) {
          fail(new Broken("the server answers other bytes than those it was asked for"));
        }
        return new UnreadBody();
      }
      open(isRest, answer.headers().firstValueAsLong("Content-Length"));
      return HttpResponse.BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(this::write));
    }

    private boolean isFromHere(HttpResponse.ResponseInfo answer) {
      return answer
          .headers()
          .firstValue("Content-Range")
          .filter(range -> range.startsWith("bytes %d-".formatted(there)))
          .isPresent();
    }

    private synchronized void open(boolean isRest, OptionalLong length) {
      bytes = isRest ? there : 0;
      total = length.isPresent() ? bytes + length.getAsLong() : -1;
      isTooLarge = total > limits.mostBytes();
      try {
        FileChannel opened =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        opened.truncate(bytes);
        opened.position(bytes);
        channel = Optional.of(opened);
      } catch (IOException e) {
        fail(e);
      }
    }

    private synchronized void write(byte[] part) {
      if (isClosed || isTooLarge || failure.isPresent() || channel.isEmpty()) {
        return;
      }
      if (bytes + part.length > limits.mostBytes()) {
        isTooLarge = true;
        return;
      }
      try {
        ByteBuffer left = ByteBuffer.wrap(part);
        while (left.hasRemaining()) {
          channel.get().write(left);
        }
        bytes += part.length;
      } catch (IOException e) {
        fail(e);
      }
    }

    private synchronized void fail(IOException e) {
      failure = Optional.of(e);
    }

    synchronized void throwFailure(URI at) throws IOException {
      if (isTooLarge) {
        empty();
        throw tooLarge(at, limits);
      }
      if (failure.isPresent()) {
        empty();
        throw failure.get();
      }
    }

    /// Forgets what came.
    synchronized void empty() throws IOException {
      Files.deleteIfExists(file);
    }

    synchronized long bytes() {
      return bytes;
    }

    synchronized long total() {
      return total;
    }

    @Override
    public synchronized void close() throws IOException {
      isClosed = true;
      if (channel.isPresent()) {
        channel.get().close();
      }
    }
  }
}
