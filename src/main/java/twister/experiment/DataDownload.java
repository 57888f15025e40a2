package twister.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import twister.spec.DataSpec;
import twister.tracking.PlainFile;
import twister.tracking.WholeFile;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Fetches words into the user's cache, once.
///
/// Of two processes that want the same words, one fetches them and the other waits. What came
/// before a transfer broke off is kept, and the next one goes on from there. Nothing is believed
/// but the hash of the whole: where what was put together has another one, it is fetched again in
/// one piece.
public final class DataDownload implements DataSource {
  /// No words that are read are larger.
  static final Limits LIMITS = new Limits(1L << 30, Duration.ofSeconds(30));

  private static final int TRIES = 3;

  /// Made when it is needed: most commands fetch nothing.
  private final Supplier<HttpClient> client;

  private final Limits limits;
  private final Progress progress;

  /// What is waited for and taken.
  ///
  /// @param mostBytes how large a file may be
  /// @param patience how long nothing may come
  record Limits(long mostBytes, Duration patience) {}

  /// Takes how far a transfer is.
  public interface Progress {
    /// A transfer begins.
    void begins(URI address);

    /// Bytes have come.
    ///
    /// @param bytes how many are there
    /// @param total how many there will be; -1 where that is not known
    void received(long bytes, long total);

    /// The words are there.
    void ended(Path file);
  }

  /// @param progress is told what happens
  public DataDownload(Progress progress) {
    this(() -> builder().build(), LIMITS, progress);
  }

  /// What a client has to be like.
  static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(LIMITS.patience)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  DataDownload(Supplier<HttpClient> client, Limits limits, Progress progress) {
    this.client = client;
    this.limits = limits;
    this.progress = progress;
  }

  @Override
  public void provide(DataSpec data) throws InvalidInputException, IOException {
    if (data.isRemote()) {
      provide(RemoteData.of(data));
    }
  }

  /// Fetches words, unless they are there.
  void provide(RemoteData data) throws InvalidInputException, IOException {
    if (data.isFetched()) {
      return;
    }
    WholeFile.folder(Files.createDirectories(data.cache().toAbsolutePath().getParent()));
    WholeFile.folder(data.cache());
    Path lock = data.cache().resolve("." + data.sha256() + ".lock");
    PlainFile.refuseOther(lock);
    // A lock is one of the process: its threads wait for each other here.
    synchronized (DataDownload.class) {
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        if (!data.isFetched()) {
          fetch(data);
        }
      }
    }
  }

  private void fetch(RemoteData data) throws InvalidInputException, IOException {
    Path part = data.cache().resolve(data.sha256() + ".part");
    PlainFile.refuseOther(data.path());
    PlainFile.refuseOther(part);
    progress.begins(data.address());
    boolean isResumed = Files.exists(part);
    transfer(data, part);
    String found = RemoteData.sha256(part);
    if (!found.equals(data.sha256()) && isResumed) {
      Files.delete(part);
      transfer(data, part);
      found = RemoteData.sha256(part);
    }
    if (!found.equals(data.sha256())) {
      Files.delete(part);
      throw new InvalidInputException(
          Mistake.in(
              "data.url",
              ("%s has the sha256 %s, but data.sha256 wants %s: it is another file now, or the"
                      + " transfer changed it; sha256: %s takes it all the same")
                  .formatted(data.address(), found, data.sha256(), found)));
    }
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        part, data.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    progress.ended(data.path());
  }

  private void transfer(RemoteData data, Path part) throws IOException {
    if (data.address().getScheme().equals("file")) {
      copy(data.address(), part);
      return;
    }
    try (HttpClient open = client.get()) {
      HttpTransfer transfer = new HttpTransfer(open, limits, progress);
      for (int left = TRIES - 1; ; left--) {
        try {
          transfer.fetch(data.address(), part);
          return;
        } catch (HttpTransfer.Broken e) {
          if (left == 0) {
            throw keptSoFar(data, part, e);
          }
        }
      }
    }
  }

  private static IOException keptSoFar(RemoteData data, Path part, IOException why)
      throws IOException {
    long bytes = Files.exists(part) ? Files.size(part) : 0;
    String kept =
        bytes > 0
            ? "; %,d bytes are kept, and the next try goes on from there".formatted(bytes)
            : "";
    return new IOException(
        "data.url: %s: %s%s".formatted(data.address(), why.getMessage(), kept), why);
  }

  private void copy(URI address, Path part) throws IOException {
    Path from = Path.of(address);
    if (!Files.isRegularFile(from)) {
      throw new IOException("data.url: %s: there is no such file".formatted(address));
    }
    if (Files.size(from) > limits.mostBytes) {
      throw HttpTransfer.tooLarge(address, limits);
    }
    try (InputStream in = Files.newInputStream(from)) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
