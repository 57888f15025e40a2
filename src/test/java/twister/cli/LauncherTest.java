package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher, with a Java that says what it was started with.
@EnabledOnOs(value = OS.LINUX, disabledReason = "locales of systems differ")
class LauncherTest {
  @TempDir private Path folder;

  @BeforeEach
  void install() throws IOException {
    Files.copy(Path.of("twister"), folder.resolve("twister"));
    Files.createDirectories(folder.resolve("src/main"));
    Files.createDirectories(folder.resolve("src/tornado"));
    Files.createDirectories(folder.resolve("target"));
    Files.createFile(folder.resolve("pom.xml"));
    long now = System.currentTimeMillis();
    touch(folder.resolve("target/twister.jar"), now + 10_000);
    touch(folder.resolve("target/twister.aot"), now + 20_000);
    Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    for (String program : List.of("java", "javac")) {
      Path file = folder.resolve("jdk/bin").resolve(program);
      Files.writeString(file, "#!/bin/sh\necho \"${LC_ALL:-${LC_CTYPE:-$LANG}}\"\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void touch(Path file, long time) throws IOException {
    Files.setLastModifiedTime(Files.createFile(file), FileTime.fromMillis(time));
  }

  private record Answer(int code, String out, String err) {}

  private Answer start(String locale, String script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script, folder.resolve("twister").toString());
    builder.directory(folder.toFile());
    builder.environment().put("JAVA25_HOME", folder.resolve("jdk").toString());
    builder.environment().put("TORNADOVM_HOME", "none");
    builder.environment().put("LC_ALL", locale);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), out.strip(), err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX", "xx_YY.UTF-8", "xx_YY.ISO-8859-1", "C.UTF-8"})
  void lettersAreUtf8WhateverLocaleIsSetAndInstalled(String locale) throws Exception {
    assertEquals(new Answer(0, "C.UTF-8", ""), start(locale, "sh \"$0\""));
  }

  @Test
  void currentFolderThatIsGoneIsSaidInASentence() throws Exception {
    Answer answer =
        start("C.UTF-8", "mkdir gone && cd gone && rmdir ../gone && JAVA25_HOME=../jdk sh \"$0\"");
    assertEquals(2, answer.code(), answer.err());
    assertTrue(answer.err().contains("twister: the current folder does not exist any more"), answer.err());
  }
}
