package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A process that starts another one, by a launcher that does what a driver would.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class RelaunchTest {
  @TempDir private Path folder;

  /// Relaunches and says what came of it.
  public static void main(String[] arguments) {
    Relaunch.Ended ended = Relaunch.withDevices(List.of(arguments));
    System.out.println(ended.message().orElse("no message"));
    System.exit(ended.code());
  }

  private Process start(String script) throws IOException {
    Path launcher = folder.resolve("launcher");
    Files.writeString(launcher, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(folder.resolve("tmp"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder.resolve("tmp"),
            "-cp",
            System.getProperty("java.class.path"),
            RelaunchTest.class.getName());
    builder.environment().put("TWISTER_LAUNCHER", launcher.toString());
    builder.environment().remove("TWISTER_WITH_DEVICES");
    return builder.start();
  }

  private List<Path> diaries() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files.filter(file -> file.toString().endsWith(".diary")).toList();
    }
  }

  @Test
  @Timeout(60)
  void endedProcessLeavesNoFile() throws Exception {
    Process process = start("echo started\nexec sleep 60\n");
    assertEquals('s', process.getInputStream().read());
    assertEquals(1, diaries().size());
    process.destroy();
    assertEquals(143, process.waitFor());
    assertEquals(List.of(), diaries());
  }

  /// Two processes that are killed together leave a file, to whoever is next on a later day.
  @Test
  @Timeout(60)
  void fileThatKilledProcessesLeftIsDeleted() throws Exception {
    Path tmp = Files.createDirectory(folder.resolve("tmp"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    String name = "twister%d-%d.diary";
    Path left = tmp.resolve(name.formatted(dead.pid(), 1));
    Path recent = tmp.resolve(name.formatted(dead.pid(), 2));
    Path alive = tmp.resolve(name.formatted(ProcessHandle.current().pid(), 3));
    for (Path diary : List.of(left, recent, alive)) {
      Files.writeString(diary, "started");
    }
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
    Files.setLastModifiedTime(left, before);
    Files.setLastModifiedTime(alive, before);
    Process process = start("exit 0\n");
    process.waitFor();
    assertEquals(Set.of(recent, alive), Set.copyOf(diaries()));
  }

  @Test
  @Timeout(60)
  void lastLinesOfAnEndedProcessArePrinted() throws Exception {
    Process process =
        start(
            """
            trap 'sleep 1; echo last lines; exit 143' TERM
            echo started
            while :; do sleep 0.1; done
            """);
    assertEquals('s', process.getInputStream().read());
    // The process's own destroy() would close its output.
    assertTrue(process.toHandle().destroy());
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(143, process.waitFor());
    assertTrue(out.startsWith("tarted\nlast lines\n"), out);
    assertFalse(out.contains("cannot be started"), out);
  }

  @Test
  @Timeout(60)
  void killedProcessIsNoStartThatFailed() throws Exception {
    Process process = start("exec sh -c 'kill -9 $$'\n");
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(out.contains("was killed (exit code 137)"), out);
    assertEquals(ExitCode.FAILED, process.waitFor());
  }

  @Test
  @Timeout(60)
  void reportOfACrashIsKeptAmongTemporaryFilesAndNamed() throws Exception {
    Process process =
        start(
            """
            printf started >"$TWISTER_DIARY"
            echo crash >"$TWISTER_CRASH_REPORT"
            exit 139
            """);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(ExitCode.FAILED, process.waitFor());
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      Path report =
          files.filter(file -> file.toString().endsWith(".crash.log")).findFirst().orElseThrow();
      assertTrue(out.contains("broke off (exit code 139)"), out);
      assertTrue(out.contains("Java's report is in " + report), out);
    }
  }

  @Test
  @Timeout(60)
  void processThatADriverEndedIsAFailureWithASentence() throws Exception {
    Process process = start("printf started >\"$TWISTER_DIARY\"\nexit 134\n");
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(out.contains("broke off (exit code 134)"), out);
    assertEquals(ExitCode.FAILED, process.waitFor());
  }

  @Test
  @Timeout(60)
  void deviceThatDoesNotAnswerIsAFailureWithASentence() throws Exception {
    Process process = start("printf started >\"$TWISTER_DIARY\"\nexit 70\n");
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(out.contains("as a device did not answer"), out);
    assertEquals(ExitCode.FAILED, process.waitFor());
  }
}
