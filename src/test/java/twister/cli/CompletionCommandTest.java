package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest extends CommandLineTest {
  @Test
  void scriptIsOfAllCommands() {
    Answer answer = twister("completion");
    assertEquals(0, answer.code(), answer.err());
    assertEquals(
        List.of(),
        List.of("_run", "_plan", "_runs", "_score", "_completion").stream()
            .filter(command -> !answer.out().contains("_picocli_twister" + command + "()"))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "twister pl,             plan plot",
    "twister devices --h,    --help",
    "twister score --ex,     --explain",
    "twister init --kind s,  seeds",
    "twister plot --chart lo, loss losses",
    "twister runs --format c, csv",
    "twister plot --unit n,  nats"
  })
  void bashCompletesCommandsAndOptions(String typed, String completed) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
    Path script = Files.writeString(folder.resolve("script"), twister("completion").out());
    List<String> words = List.of(typed.split(" "));
    String bash =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; %s; echo \"${COMPREPLY[@]}\""
            .formatted(script, typed, words.size() - 1, "_complete_twister");
    assertEquals(completed, output("/bin/bash", "-c", bash));
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.strip();
  }
}
