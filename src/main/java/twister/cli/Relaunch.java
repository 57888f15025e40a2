package twister.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import twister.backend.BackendProvider;
import twister.experiment.FailureReason;

/// The same command once more, in a Java that the launcher starts with the devices' options. They
/// cost half a second, so that only commands that need them pay for them.
///
/// The two processes live and die together: the first passes on what it is sent to end, the second
/// ends when the first is gone. How far the second came stands in a temporary file, since drivers
/// end processes without a word.
final class Relaunch {
  private static final String LAUNCHER = "TWISTER_LAUNCHER";
  private static final String WITH_DEVICES = "TWISTER_WITH_DEVICES";
  private static final String PARENT = "TWISTER_PARENT";
  private static final String DIARY = "TWISTER_DIARY";
  private static final String CRASH_REPORT = "TWISTER_CRASH_REPORT";
  private static final String STARTED = "started";
  private static final String DONE = "done";

  /// What the JVM returns when it is hung up, interrupted or terminated, which it survives in
  /// order.
  private static final Set<Integer> POLITE_ENDS = Set.of(129, 130, 143);

  private static final int KILLED = 137;

  /// A diary's name begins with this and the number of the process that made it.
  private static final String DIARY_OF = "twister";

  private static final Pattern DIARY_NAME = Pattern.compile(DIARY_OF + "([0-9]{1,18})-.*\\.diary");

  /// Processes of another container may share the folder, and have numbers that mean nothing here.
  private static final Duration LEFT_AFTER = Duration.ofDays(1);

  /// How long the end of the output may take once the process that printed it has ended.
  private static final int OUTPUT_SECONDS = 5;

  /// How the second process ended.
  ///
  /// @param message why it did not come to its end, where it did not
  record Ended(int code, Optional<String> message) {
    private static Ended failed(String message) {
      return new Ended(ExitCode.FAILED, Optional.of(message));
    }
  }

  private Relaunch() {}

  /// Runs a command with the devices, and takes its place.
  static Ended withDevices(List<String> arguments) {
    Optional<String> launcher = Optional.ofNullable(System.getenv(LAUNCHER));
    if (launcher.isEmpty() || System.getenv(WITH_DEVICES) != null) {
      return Ended.failed(
          "devices need a Java with TornadoVM's options; start Twister by its launcher, with an SDK"
              + " whose tornado-argfile is whole");
    }
    List<String> command = new ArrayList<>();
    command.add(launcher.get());
    command.addAll(arguments);
    try {
      Path diary = Files.createTempFile(DIARY_OF + ProcessHandle.current().pid() + "-", ".diary");
      try {
        deleteLeft(diary.resolveSibling(""));
        return ended(command, diary);
      } finally {
        Files.deleteIfExists(diary);
      }
    } catch (IOException e) {
      return Ended.failed("the devices cannot be started: " + FailureReason.of(e));
    } catch (InterruptedException | IllegalStateException endsAnyway) {
      Thread.currentThread().interrupt();
      return new Ended(ExitCode.FAILED, Optional.empty());
    }
  }

  /// Deletes the diaries of processes that were killed together, which no one of them could.
  private static void deleteLeft(Path folder) throws IOException {
    Instant before = Instant.now().minus(LEFT_AFTER);
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> isLeft(file.toFile().getName()))
          .map(Path::toFile)
          .filter(file -> file.lastModified() < before.toEpochMilli())
          .forEach(File::delete);
    }
  }

  private static boolean isLeft(String name) {
    Matcher diary = DIARY_NAME.matcher(name);
    return diary.matches() && ProcessHandle.of(Long.parseLong(diary.group(1))).isEmpty();
  }

  private static Ended ended(List<String> command, Path diary)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).inheritIO().redirectOutput(ProcessBuilder.Redirect.PIPE);
    builder.environment().put(WITH_DEVICES, "yes");
    builder.environment().put(PARENT, Long.toString(ProcessHandle.current().pid()));
    builder.environment().put(DIARY, diary.toString());
    Path crashReport = diary.resolveSibling(diary.getFileName() + ".crash.log");
    builder.environment().put(CRASH_REPORT, crashReport.toString());
    AtomicReference<Process> started = new AtomicReference<>();
    CountDownLatch printed = new CountDownLatch(1);
    Thread passOn =
        new Thread(() -> end(Optional.ofNullable(started.get()), printed, diary), "relaunch");
    Runtime.getRuntime().addShutdownHook(passOn);
    Process process = builder.start();
    started.set(process);
    print(process.getInputStream());
    printed.countDown();
    int code = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(passOn);
    Optional<String> message =
        message(code, Files.readString(diary))
            .map(
                text ->
                    text
                        + (Files.exists(crashReport)
                            ? "; Java's report is in " + crashReport
                            : ""));
    return new Ended(message.isPresent() ? ExitCode.FAILED : code, message);
  }

  /// Prints what the second process prints, until that ends. It cannot print to the same place
  /// itself: drivers print to the standard output, so that it has to open another one.
  private static void print(InputStream from) throws IOException {
    byte[] bytes = new byte[8192];
    for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
      System.out.write(bytes, 0, count);
      System.out.flush();
    }
  }

  private static Optional<String> message(int code, String diary) {
    if (diary.equals(DONE) || POLITE_ENDS.contains(code)) {
      return Optional.empty();
    }
    if (code == BackendProvider.NO_ANSWER) {
      return Optional.of("the process with the devices was ended, as a device did not answer");
    }
    if (code == KILLED) {
      return Optional.of(
          "the process with the devices was killed (exit code %d), perhaps as memory ran out"
              .formatted(code));
    }
    return Optional.of(
        diary.equals(STARTED)
            ? "the process with the devices broke off (exit code %d); its driver may have said why"
                .formatted(code)
            : "Java does not start with the TornadoVM SDK that TORNADOVM_HOME or docs/devices.md"
                + " names (exit code %d); its message is above".formatted(code));
  }

  /// The last that this process does: whoever waits for the second one waits in vain. What that
  /// prints until its end is printed; [Process#destroy()] would close its output.
  private static void end(Optional<Process> process, CountDownLatch printed, Path diary) {
    if (process.isPresent()) {
      process.get().toHandle().destroy();
      process.get().onExit().join();
      try {
        boolean _ = printed.await(OUTPUT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    diary.toFile().delete();
  }

  /// In the second process: notes that it runs, and ends it when the first one is gone.
  static void begin() {
    note(STARTED);
    Optional.ofNullable(System.getenv(PARENT))
        .ifPresent(pid -> Thread.ofPlatform().daemon().start(() -> endAfter(Long.parseLong(pid))));
  }

  private static void endAfter(long pid) {
    ProcessHandle.of(pid).ifPresent(parent -> parent.onExit().join());
    Optional.ofNullable(System.getenv(DIARY)).ifPresent(diary -> Path.of(diary).toFile().delete());
    System.exit(ExitCode.FAILED);
  }

  /// In the second process: notes that the command came to its end.
  static void end() {
    note(DONE);
  }

  private static void note(String word) {
    Optional<Path> diary = Optional.ofNullable(System.getenv(DIARY)).map(Path::of);
    if (diary.isPresent() && Files.exists(diary.get())) {
      try {
        Files.writeString(diary.get(), word);
      } catch (IOException e) {
        Terminal.warn(diary.get() + " cannot be written: " + FailureReason.of(e));
      }
    }
  }
}
