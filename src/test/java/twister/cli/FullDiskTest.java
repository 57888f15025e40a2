package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A process whose files may not grow beyond a limit, at which the system refuses to write as on a
/// full disk.
@Tag("processor")
@EnabledOnOs(value = OS.LINUX, disabledReason = "limits of shells differ")
class FullDiskTest extends CommandLineTest {
  /// In blocks of 512 bytes or of 1,024, as shells will have it.
  @ParameterizedTest
  @ValueSource(ints = {2, 6, 12, 20})
  @Timeout(120)
  void sweepStopsWithASentenceAndGoesOnWhenThereIsRoom(int blocks) throws Exception {
    List<String> options =
        List.of(
            "run",
            "-q",
            "--no-charts",
            "--results",
            results.toString(),
            small.toString(),
            "--set",
            "training.steps=300",
            "--sweep",
            "data.order=1,2,3",
            "--sweep",
            "training.learning-rate=0.5,1");
    Process process = start(blocks, options);
    String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      assertEquals(1, code, complaint);
      assertTrue(complaint.contains("twister: "), complaint);
      assertTrue(complaint.contains(results.toString()), complaint);
      assertTrue(complaint.lines().noneMatch(line -> line.startsWith("\tat ")), complaint);
    }
    assertTrue(code != 0 || blocks > 6, "the limit was not met");
    Path experiment = results.resolve("small");
    assertEquals(List.of(), leftovers(experiment));
    assertEquals(0, twister(options.toArray()).code());
    Path undisturbed = folder.resolve("undisturbed");
    List<Object> elsewhere = new ArrayList<>(options);
    elsewhere.set(4, undisturbed);
    assertEquals(0, twister(elsewhere.toArray()).code());
    assertEquals(Snapshot.of(undisturbed.resolve("small")), Snapshot.of(experiment));
  }

  @Test
  @Timeout(120)
  void fileThatCannotBeWrittenIsNamed() throws Exception {
    List<String> options =
        List.of("data", "names.txt", "--order", "4", "--results", results.toString());
    Process process = start(20, options);
    String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), complaint);
    String file = results.resolve("data/names/ngrams.csv").toString();
    assertTrue(complaint.startsWith("twister: " + file + ": "), complaint);
    assertEquals(List.of(), leftovers(results));
  }

  private static List<String> leftovers(Path experiment) throws IOException {
    if (!Files.isDirectory(experiment)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(experiment)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".draft") || name.endsWith(".tmp"))
          .toList();
    }
  }

  private static Process start(int blocks, List<String> options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "ulimit -f " + blocks + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(options);
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }
}
