package twister.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The same command once more, in a Java that the launcher starts with the devices' options. They
/// cost half a second, so that only commands that need them pay for them.
final class Relaunch {
  private static final String LAUNCHER = "TWISTER_LAUNCHER";
  private static final String WITH_DEVICES = "TWISTER_WITH_DEVICES";

  private Relaunch() {}

  /// Runs a command with the devices, and takes its place: what this process is sent to end, it
  /// passes on and waits for.
  ///
  /// @return the command's exit code
  static int withDevices(List<String> arguments) {
    Optional<String> launcher = Optional.ofNullable(System.getenv(LAUNCHER));
    if (launcher.isEmpty() || System.getenv(WITH_DEVICES) != null) {
      System.err.println(
          "twister: devices need a Java with TornadoVM's options; start Twister by its launcher");
      return ExitCode.FAILED;
    }
    List<String> command = new ArrayList<>();
    command.add(launcher.get());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(WITH_DEVICES, "yes");
    try {
      Process process = builder.start();
      Thread passOn = new Thread(() -> end(process), "relaunch");
      Runtime.getRuntime().addShutdownHook(passOn);
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(passOn);
      return code;
    } catch (IOException e) {
      System.err.println("twister: " + launcher.get() + " cannot be started: " + e.getMessage());
      return ExitCode.FAILED;
    } catch (InterruptedException | IllegalStateException endsAnyway) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  private static void end(Process process) {
    process.destroy();
    process.onExit().join();
  }
}
