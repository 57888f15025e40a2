package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twister.experiment.RemoteData;
import twister.spec.DataSpec;

/// Experiments whose words are fetched, here from a file of this machine, by its address.
class RemoteDataTest extends CommandLineTest {
  private String address = "";
  private String sha256 = "";
  private Path source = Path.of("");

  @BeforeEach
  void writeExperiment() throws IOException, NoSuchAlgorithmException {
    // Words that no other test has in the cache.
    byte[] words =
        ("emma\nolivia\nava\n" + folder.getFileName() + "\n").getBytes(StandardCharsets.UTF_8);
    source = Files.write(folder.resolve("elsewhere.txt"), words);
    address = "file://" + source;
    sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(words));
    write("{url: '%s', sha256: %s}".formatted(address, sha256));
  }

  private void write(String data) throws IOException {
    Files.writeString(
        small,
        """
        name: small
        data: %s
        model: {kind: softmax}
        training: {steps: 3, learning-rate: 1}
        charts: []
        """
            .formatted(data));
  }

  private Path cached() {
    return RemoteData.of(new DataSpec(address, java.util.Optional.of(sha256), 2)).path();
  }

  @AfterEach
  void emptyCache() throws IOException {
    Files.deleteIfExists(cached());
    Files.deleteIfExists(cached().resolveSibling("." + sha256 + ".lock"));
  }

  @Test
  void runIsTheSameAsOnTheFile() throws IOException {
    Answer answer = run(small, "-q");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.err().contains("fetched " + address + " into " + cached()), answer.err());
    Path run = runFolder(answer);
    String spec = Files.readString(run.resolve("spec.yaml"));
    assertTrue(spec.contains("  url: " + address + "\n  sha256: "), spec);
    assertTrue(spec.contains(sha256), spec);
    assertTrue(Files.readString(run.resolve("run.yaml")).contains("file: " + address));
    write("{file: elsewhere.txt}");
    Path other = folder.resolve("other");
    Answer onFile = twister("run", small, "-q", "--results", other);
    assertEquals(run.getFileName(), runFolder(onFile).getFileName());
    assertEquals(
        Files.readString(run.resolve("metrics.csv")),
        Files.readString(other.resolve("small").resolve(run.getFileName()).resolve("metrics.csv")));
  }

  @Test
  void onceFetchedNothingIsNeeded() throws IOException {
    Path run = runFolder(run(small, "-q"));
    Files.delete(source);
    Answer again = run(small, "-q", "--again");
    assertEquals(0, again.code(), again.err());
    assertFalse(again.err().contains("fetched"), again.err());
    assertEquals(0, twister("run", run.resolve("spec.yaml"), "-q", "--results", results).code());
    assertEquals(0, twister("sample", run, "--results", results).code());
    assertEquals(0, twister("score", "--run", run, "emma", "--results", results).code());
    assertEquals(0, twister("report", "small", "--results", results).code());
    assertEquals(0, twister("doctor", "--results", results).code());
  }

  @Test
  void validateFetchesNothingAndPlanDoes() throws IOException {
    Answer before = twister("validate", small);
    assertEquals(0, before.code(), before.err());
    assertTrue(before.out().contains("words, which are not fetched yet: " + address), before.out());
    assertFalse(Files.exists(cached()));
    Answer plan = twister("plan", small, "--results", results);
    assertEquals(0, plan.code(), plan.err());
    assertTrue(Files.exists(cached()));
    Answer after = twister("validate", small);
    assertTrue(after.out().contains("good, 4 words"), after.out());
  }

  @Test
  void samplesOfARunWhoseWordsLeftTheCacheSayHowToGetThem() throws IOException {
    Path run = runFolder(run(small, "-q"));
    Files.delete(cached());
    Answer answer = twister("sample", run, "--results", results);
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("is not fetched yet; twister plan"), answer.err());
    Answer elsewhere = twister("sample", run, "--data", source, "--results", results);
    assertEquals(0, elsewhere.code(), elsewhere.err());
  }

  @Test
  void otherWordsThanThoseOfTheHashAreRefused() throws IOException {
    Files.writeString(source, "other\n");
    Answer answer = run(small, "-q");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("but data.sha256 wants " + sha256), answer.err());
    assertFalse(Files.exists(results.resolve("small")));
    Files.delete(source);
    Answer gone = run(small, "-q");
    assertEquals(1, gone.code());
    assertTrue(gone.err().contains("there is no such file"), gone.err());
  }

  @Test
  void addressNeedsTheHashAndNoPassword() throws IOException {
    for (List<String> wrong :
        List.of(
            List.of(
                "{url: 'https://example.org/w.txt'}",
                "data.sha256 is missing, allowed with data.url: the line `sha256: DIGITS`"),
            List.of("{url: 'http://example.org/w.txt', sha256: X}", "data.url: found"),
            List.of(
                "{url: 'https://me:hush@example.org/w', sha256: X}", "data.url: has a password"),
            List.of(
                "{url: 'https://example.org/w?a=1&X-Amz-Signature=hush', sha256: X}", "or a key"),
            List.of("{url: 'https://example.org/w?access_token=hush', sha256: X}", "or a key"),
            List.of("{url: 'https://example.org/w?sig=hush', sha256: X}", "or a key"),
            List.of("{url: 'https://example.org/w?api_key=hush', sha256: X}", "or a key"),
            List.of("{url: 'https://example.org/w?keyword=names', sha256: 1}", "data.sha256: "),
            List.of("{url: 'https://', sha256: X}", "data.url: found"),
            List.of("{url: 'https://a b', sha256: X}", "data.url: found"),
            List.of("{file: 'https://example.org/w'}", "is an address; data.url with data.sha256"),
            List.of(
                "{file: words.txt, url: 'https://example.org/w', sha256: X}", "one of the two"))) {
      write(wrong.getFirst().replace("X", sha256));
      Answer answer = twister("validate", small);
      assertEquals(2, answer.code(), wrong.getFirst());
      assertTrue(answer.err().contains(wrong.getLast()), wrong.getFirst() + answer.err());
      assertFalse(answer.err().contains("hush"), "a secret in a log");
    }
  }

  @Test
  void fileElsewhereTakesThePlaceOfTheAddress() {
    Answer answer =
        run(
            small,
            "-q",
            "--set",
            "data.url=null",
            "--set",
            "data.sha256=null",
            "--set",
            "data.file=words.txt");
    assertEquals(0, answer.code(), answer.err());
    assertFalse(Files.exists(cached()));
  }

  @Test
  void commandsWithoutExperimentTakeNoAddress() {
    Answer answer = twister("data", "https://example.org/words.txt", "--results", results);
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("is an address; fetch the file first"), answer.err());
  }
}
