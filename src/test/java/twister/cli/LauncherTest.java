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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher, with a Java that says what it was started with.
@EnabledOnOs(value = OS.LINUX, disabledReason = "locales of systems differ")
class LauncherTest {
  private static final String SEARCH = "src/launcher/search.sh";

  @TempDir private Path folder;

  @BeforeEach
  void install() throws IOException {
    Files.copy(Path.of("twister"), folder.resolve("twister"));
    // What it finds on the whole machine it finds in a folder.
    Files.createDirectories(folder.resolve("src/launcher"));
    Files.writeString(
        folder.resolve(SEARCH),
        Files.readString(Path.of(SEARCH))
            .replaceAll("(?<=[ =])/(usr|opt|run)/(?!lib/jvm)", folder + "/$1/"));
    Files.createDirectories(folder.resolve("src/main"));
    Files.createDirectories(folder.resolve("src/tornado"));
    Files.createFile(folder.resolve("pom.xml"));
    long now = System.currentTimeMillis();
    for (String target : List.of("target", "target/devices")) {
      Path built = Files.createDirectories(folder.resolve(target));
      touch(built.resolve("twister.jar"), now + 10_000);
      touch(built.resolve("twister.aot"), now + 20_000);
    }
    Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    writeJava("echo \"${LC_ALL:-${LC_CTYPE:-$LANG}}\"");
  }

  /// Has Java do something else.
  private void writeJava(String script) throws IOException {
    writeJava("jdk", script);
  }

  private void writeJava(String jdk, String script) throws IOException {
    for (String program : List.of("java", "javac")) {
      Path file = folder.resolve(jdk).resolve("bin").resolve(program);
      Files.writeString(file, "#!/bin/sh\n" + script + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void touch(Path file, long time) throws IOException {
    Files.setLastModifiedTime(Files.createFile(file), FileTime.fromMillis(time));
  }

  private record Answer(int code, String out, String err) {}

  private Answer start(String locale, String script) throws IOException, InterruptedException {
    return start(script, Map.of("TORNADOVM_HOME", "none", "LC_ALL", locale));
  }

  /// @param variables of the launcher, besides those of this process
  private Answer start(String script, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script, folder.resolve("twister").toString());
    builder.directory(folder.toFile());
    builder.environment().put("JAVA25_HOME", folder.resolve("jdk").toString());
    builder.environment().remove("TORNADOVM_HOME");
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(variables);
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
  void launcherMayBeCalledThroughLinksFromAnyFolder() throws Exception {
    String through =
        "mkdir -p links/other && ln -s \"$0\" links/one && ln -s ../one links/other/two"
            + " && cd links/other && sh ./two";
    assertEquals(new Answer(0, "C.UTF-8", ""), start("C", through));
  }

  @ParameterizedTest
  @CsvSource({
    "sh \"$0\",                                             FOLDER/twister",
    "sh ./twister,                                          ./twister",
    "chmod +x twister && PATH=\"$PWD:$PATH\" && twister,     twister",
    "mkdir 'a b' && ln -s \"$0\" 'a b/t' && sh 'a b/t',     twister"
  })
  void adviceNamesTheLauncherAsTheUserTypesIt(String typed, String called) throws Exception {
    writeJava("echo \"$@\" | tr ' ' '\\n' | sed -n 's/-Dtwister.called=//p'");
    assertEquals(called.replace("FOLDER", folder.toString()), start("C", typed).out());
  }

  @ParameterizedTest
  @CsvSource({
    "--on spark://host:7077,   true",
    "--on=local[2],            true",
    "--on=local,               false",
    "--seeds 2,                false"
  })
  void clusterTrainsByTheBuildWithSpark(String option, boolean hasSpark) throws Exception {
    Files.createDirectories(folder.resolve("src/spark"));
    Path built = Files.createDirectories(folder.resolve("target/spark"));
    touch(built.resolve("twister.jar"), System.currentTimeMillis() + 10_000);
    writeJava("echo \"$@\"");
    String out = start("C", "sh \"$0\" run x.yaml " + option).out();
    assertEquals(hasSpark, out.contains("target/spark/home/jars/*:"), out);
    assertTrue(out.endsWith("run x.yaml " + option), out);
  }

  /// It has no sources to build from, and its Java needs not be searched for.
  @Test
  void releaseRunsOnItsOwnJava() throws Exception {
    Files.move(folder.resolve("jdk"), folder.resolve("runtime"));
    Files.move(folder.resolve("target"), folder.resolve("app"));
    Files.delete(folder.resolve("pom.xml"));
    writeJava("runtime", "echo \"$* / $TWISTER_NO_DEVICES\"");
    Answer answer = start("C.UTF-8", "sh \"$0\" runs");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(
        answer
            .out()
            .endsWith(
                "-jar %s/app/twister.jar runs / this release trains on the processor; for other"
                        .formatted(folder)
                    + " devices build Twister, see docs/devices.md"),
        answer.out());
    assertFalse(Files.exists(folder.resolve("target")));
  }

  @Test
  void folderThatIsNoJdk25IsRefused() throws Exception {
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"24.0.2\"\n");
    Answer answer = start("C", "sh \"$0\"");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("jdk, which is not a JDK 25; correct it"), answer.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "dnf        ; sudo dnf install java-25-openjdk-devel",
        "brew       ; brew install openjdk@25",
        "pacman     ; sudo pacman -S jdk25-openjdk",
        "zypper     ; sudo zypper install java-25-openjdk-devel",
        "apt-cache  ; sudo apt-get install openjdk-25-jdk",
        "unknown    ; curl -s https://get.sdkman.io | bash && bash -ic 'sdk install java 25-tem'"
      })
  void machineWithoutJdkIsToldTheCommandThatInstallsOne(String program, String command)
      throws Exception {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    Path stub = Files.writeString(programs.resolve(program), "#!/bin/sh\necho found\n");
    assertTrue(stub.toFile().setExecutable(true));
    Answer answer =
        start(
            "C.UTF-8",
            ". '%s'; PATH='%s'; jdk_command".formatted(folder.resolve(SEARCH), programs));
    assertEquals(new Answer(0, command, ""), answer);
  }

  @Test
  void currentFolderThatIsGoneIsSaidInASentence() throws Exception {
    Answer answer =
        start("C.UTF-8", "mkdir gone && cd gone && rmdir ../gone && JAVA25_HOME=../jdk sh \"$0\"");
    assertEquals(2, answer.code(), answer.err());
    assertTrue(
        answer.err().contains("twister: the current folder does not exist any more"), answer.err());
  }

  /// An SDK as it is released: with a template of its options only.
  private Path writeSdk(String name) throws IOException {
    Path sdk = folder.resolve(name);
    Files.createDirectories(sdk.resolve("etc"));
    Files.writeString(sdk.resolve("etc/tornado.release"), "version=5.2.0-jdk25\n");
    Files.writeString(
        sdk.resolve("tornado-argfile.template"),
        """
        # === Module system ===
        -XX:+UseParallelGC
        -Djava.library.path=${TORNADOVM_HOME}/lib
        --module-path .:${TORNADOVM_HOME}/share/java/tornado
        --add-modules ALL-SYSTEM,tornado.runtime
        """);
    return sdk;
  }

  @Test
  void sdkAsReleasedGivesItsOptionsWithItsFolder() throws Exception {
    Path sdk = writeSdk("sdk");
    writeJava("echo \"$@\" >&3");
    Answer answer =
        start("sh \"$0\"", Map.of("TORNADOVM_HOME", sdk.toString(), "TWISTER_WITH_DEVICES", "yes"));
    assertTrue(
        answer
            .out()
            .startsWith(
                ("-Djava.library.path=%1$s/lib --module-path %1$s/share/java/tornado"
                        + " --add-modules tornado.runtime ")
                    .formatted(sdk)),
        answer.toString());
  }

  @Test
  void folderOfAnSdkMayHoldSpaces() throws Exception {
    Path sdk = writeSdk("an sdk");
    Files.writeString(sdk.resolve("tornado-argfile"), "-Djava.library.path=" + sdk + "/lib\n");
    writeJava("printf '%s\\n' \"$@\" >&3");
    Answer answer =
        start("sh \"$0\"", Map.of("TORNADOVM_HOME", sdk.toString(), "TWISTER_WITH_DEVICES", "yes"));
    assertTrue(
        answer
            .out()
            .startsWith(
                """
                -Djava.library.path=%1$s/lib
                --module-path
                %1$s/share/java/tornado
                --add-modules
                tornado.runtime
                """
                    .formatted(sdk)),
        answer.toString());
  }

  @Test
  void javaWithDevicesReportsACrashWhereItIsLookedFor() throws Exception {
    Path sdk = writeSdk("sdk");
    writeJava("printf '%s\\n' \"$@\" >&3");
    Map<String, String> variables =
        Map.of(
            "TORNADOVM_HOME",
            sdk.toString(),
            "TWISTER_WITH_DEVICES",
            "yes",
            "TWISTER_CRASH_REPORT",
            "/a b/c.log",
            "TWISTER_JAVA_OPTIONS",
            "-Da=b -Dc=d");
    Answer answer = start("sh \"$0\"", variables);
    assertTrue(answer.out().contains("\n-XX:ErrorFile=/a b/c.log\n"), answer.toString());
    assertTrue(answer.out().contains("\n-Da=b\n-Dc=d\n"), answer.toString());
  }

  @Test
  void optionsThatTheSdkHasWrittenComeBeforeItsTemplate() throws Exception {
    Path sdk = writeSdk("sdk");
    Files.writeString(sdk.resolve("tornado-argfile"), "-Dwritten=%s/lib\n".formatted(sdk));
    writeJava("echo \"$1\" >&3");
    Answer answer =
        start("sh \"$0\"", Map.of("TORNADOVM_HOME", sdk.toString(), "TWISTER_WITH_DEVICES", "yes"));
    assertEquals(new Answer(0, "-Dwritten=%s/lib".formatted(sdk), ""), answer);
  }

  @Test
  void optionsOfAnSdkThatWasMovedSinceAreThoseOfItsTemplate() throws Exception {
    Path sdk = writeSdk("sdk");
    Files.writeString(sdk.resolve("tornado-argfile"), "-Djava.library.path=/elsewhere/lib\n");
    writeJava("echo \"$1\" >&3");
    Answer answer =
        start("sh \"$0\"", Map.of("TORNADOVM_HOME", sdk.toString(), "TWISTER_WITH_DEVICES", "yes"));
    assertEquals(new Answer(0, "-Djava.library.path=%s/lib".formatted(sdk), ""), answer);
  }

  @Test
  void whatDriversPrintIsNoOutputOfTwister() throws Exception {
    Path sdk = writeSdk("sdk");
    writeJava(
        "echo driver\n"
            + "case \"$*\" in *-Dtwister.output=/dev/fd/3*) echo twister >>/dev/fd/3;; esac");
    Answer answer =
        start("sh \"$0\"", Map.of("TORNADOVM_HOME", sdk.toString(), "TWISTER_WITH_DEVICES", "yes"));
    assertEquals(new Answer(0, "twister", "driver\n"), answer);
  }

  @Test
  void sdkThatTheLauncherFoundIsPassedOn() throws Exception {
    Path sdk = writeSdk(".sdkman/candidates/tornadovm/current");
    writeJava("echo \"$TORNADOVM_HOME\"");
    assertEquals(new Answer(0, sdk.toString(), ""), start("sh \"$0\"", Map.of()));
  }

  @Test
  void sdkForCudaIsTheFirstWhereThereIsNvidiasDriver() throws Exception {
    writeSdk(".sdkman/candidates/tornadovm/current");
    Path opencl = writeSdk("opt/tornadovm");
    Path cuda = writeSdk("opt/tornadovm-cuda");
    Path driver = Files.createDirectories(folder.resolve("driver"));
    Files.createFile(driver.resolve("libcuda.so.1"));
    writeJava("echo \"$TORNADOVM_HOME\"");
    String path = "/nowhere:" + driver;
    assertEquals(
        new Answer(0, cuda.toString(), ""), start("sh \"$0\"", Map.of("LD_LIBRARY_PATH", path)));
    Files.delete(folder.resolve(".sdkman/candidates/tornadovm/current/etc/tornado.release"));
    assertEquals(new Answer(0, opencl.toString(), ""), start("sh \"$0\"", Map.of()));
    Path library = Files.createDirectories(folder.resolve("usr/lib/x86_64-linux-gnu"));
    Files.createFile(library.resolve("libcuda.so.1"));
    assertEquals(new Answer(0, cuda.toString(), ""), start("sh \"$0\"", Map.of()));
  }
}
