package twister.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import twister.spec.DataSpec;
import twister.text.CommandName;
import twister.tracking.PlainFile;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Words at an address, known by their hash, and their place in the user's cache. A file there is
/// what it is called, wherever it came from.
///
/// @param sha256 64 hexadecimal digits
/// @param cache the folder of all such files
public record RemoteData(URI address, String sha256, Path cache) {
  /// The words that an experiment fetches.
  public static RemoteData of(DataSpec data) {
    return new RemoteData(
        URI.create(data.file()), data.sha256().orElseThrow(), UserCache.folder().resolve("data"));
  }

  /// Where the words are, or will be.
  public Path path() {
    return cache.resolve(sha256);
  }

  /// Whether the words are there, each byte as it should be.
  ///
  /// @throws IOException if what is there cannot be read
  public boolean isFetched() throws IOException {
    return PlainFile.isOne(path()) && sha256(path()).equals(sha256);
  }

  /// Whether anything is in the place of the words.
  public boolean isThere() {
    return Files.exists(path(), LinkOption.NOFOLLOW_LINKS);
  }

  /// Where the words are.
  ///
  /// @throws InvalidInputException if they are not there yet
  Path fetched() throws InvalidInputException {
    if (!isThere()) {
      throw new InvalidInputException(
          Mistake.in(
              "data.url",
              "%s is not fetched yet; %s or run of the experiment file fetches it"
                  .formatted(address, CommandName.with("plan"))));
    }
    return path();
  }

  /// The hash of a file's bytes.
  static String sha256(Path file) throws IOException {
    try (InputStream in = PlainFile.open(file)) {
      MessageDigest sum = MessageDigest.getInstance("SHA-256");
      byte[] part = new byte[1 << 16];
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        sum.update(part, 0, length);
      }
      return HexFormat.of().formatHex(sum.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
