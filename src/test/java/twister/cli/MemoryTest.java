package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Processes with too little memory for what they are to do.
@Tag("processor")
class MemoryTest extends CommandLineTest {
  private record Ended(int code, String err) {}

  private static List<String> command(int megabytes, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  private static Ended start(int megabytes, Object... arguments)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(megabytes, arguments))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), err);
  }

  private static void assertSentence(int code, String pattern, Ended ended) {
    assertEquals(code, ended.code(), ended.err());
    assertEquals(1, ended.err().lines().count(), ended.err());
    assertTrue(ended.err().strip().matches(pattern), ended.err());
  }

  @Test
  @Timeout(120)
  void fileThatDoesNotFitIsSaidBeforeItIsRead() throws Exception {
    Path file = Files.writeString(folder.resolve("words.txt"), "emmaoliviaava\n".repeat(1_000_000));
    String message =
        ".*words.txt: to be read, it needs about 53 MB, Java has [0-9]+;"
            + " TWISTER_JAVA_OPTIONS=-Xmx107m .*";
    assertSentence(2, message, start(32, "data", file, "--results", results));
    assertSentence(2, message, start(32, "score", "emma", "--data", file));
    assertSentence(2, message, start(32, "run", small, "--results", results));
  }

  @Test
  @Timeout(120)
  void wordsAndNgramsThatDoNotFitAreSaidBeforeTheyAreMade() throws Exception {
    Path few = Files.writeString(folder.resolve("few.txt"), "ab\n".repeat(1_000_000));
    assertSentence(
        2,
        ".*few.txt: to be read, it needs about 59 MB.*",
        start(40, "data", few, "--results", results));
    Path longer =
        Files.writeString(folder.resolve("longer.txt"), "abababababababab\n".repeat(200_000));
    assertSentence(
        2,
        ".*longer.txt: holds 200,000 words of 3,400,000 symbols, whose n-grams need about 101 MB,"
            + " Java has.*",
        start(60, "data", longer, "--results", results));
    assertEquals(0, start(60, "data", longer, "--order", "1", "--results", results).code());
  }

  @Test
  @Timeout(120)
  void whatNobodyFoundTooLargeBeforeIsSaidInASentence() throws Exception {
    assertSentence(
        1,
        "twister: Java has [0-9]+ MB, which is not enough;" + " TWISTER_JAVA_OPTIONS=-Xmx.*",
        start(32, "plan", small, "--sweep", "seeds=100000"));
  }

  @Test
  @Timeout(120)
  void curvesOfLongRunsNeedNoMoreMemory() throws Exception {
    Path run = runFolder(run(small, "-q"));
    unseal(run);
    int steps = 1_000_000;
    StringBuilder rows = new StringBuilder("step,loss,nll\n");
    for (int step = 0; step < steps; step++) {
      rows.append(step).append(",2,2\n");
    }
    Files.writeString(run.resolve("metrics.csv"), rows);
    Process server =
        new ProcessBuilder(command(40, "watch", "--results", results, "--port", "0", "--no-open"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = server.inputReader()) {
      String line = out.readLine();
      while (!line.contains("http://")) {
        line = out.readLine();
      }
      String address = line.replaceFirst(".*(http://[0-9.:]+).*", "$1");
      URLConnection curves =
          URI.create(address + "/api/experiment/small/curves").toURL().openConnection();
      String json = new String(curves.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(json.contains("\"losses\":[2,2,2"), json);
    } finally {
      server.destroy();
    }
  }

  @Test
  @Timeout(120)
  @EnabledOnOs(value = OS.LINUX, disabledReason = "devices of systems differ")
  void deviceWithoutAnEndIsRefused() throws Exception {
    assertSentence(
        2,
        "/dev/zero: is no file, and does not end after [0-9]+ MB",
        start(64, "data", "/dev/zero", "--results", results));
  }
}
