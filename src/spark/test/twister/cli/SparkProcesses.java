package twister.cli;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import twister.backend.BackendProvider;

/// A standalone cluster of Spark on this machine: processes of a master and of workers with one
/// core each, and of commands that use them. What it starts is ended by [#end].
final class SparkProcesses {
  private static final int START_SECONDS = 60;

  private final Path folder;
  private final String path = System.getProperty("java.class.path");
  private final Path home;

  /// What only executors have on their path: a backend with GPUs.
  private final Path gpus;

  /// Tells a worker which GPUs it has.
  private final Path discovery;

  private final int port;
  private final List<Process> started = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();

  /// @param folder for the workers
  /// @param workers how many
  SparkProcesses(Path folder, int workers) throws IOException, InterruptedException {
    this.folder = folder;
    // The executors have their classes from the path of the tests.
    home = folder.resolve("home");
    Files.createDirectories(home.resolve("jars"));
    gpus = folder.resolve("gpus");
    Path services = Files.createDirectories(gpus.resolve("META-INF").resolve("services"));
    Files.writeString(
        services.resolve(BackendProvider.class.getName()), LentGpus.class.getName() + "\n");
    discovery = folder.resolve("discovery.sh");
    Files.writeString(discovery, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"1\"]}'\n");
    Files.setPosixFilePermissions(discovery, PosixFilePermissions.fromString("rwx------"));
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    start("deploy.master.Master", "--port", Integer.toString(port));
    awaitMaster();
    for (int worker = 0; worker < workers; worker++) {
      addWorker();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private Process start(String name, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dspark.master.rest.enabled=false",
                "-Dspark.worker.resource.gpu.amount=1",
                "-Dspark.worker.resource.gpu.discoveryScript=" + discovery,
                "-cp",
                path,
                "org.apache.spark." + name,
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(started.size() + ".log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "JAVA_HOME",
                System.getProperty("java.home")));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private void awaitMaster() throws IOException, InterruptedException {
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        System.nanoTime() < end; ) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new IOException("the master does not start; see " + folder.resolve("0.log"));
  }

  /// Adds a worker.
  void addWorker() throws IOException {
    Path work = folder.resolve("worker-" + workers.size());
    workers.add(
        start(
            "deploy.worker.Worker",
            "--cores",
            "1",
            "--memory",
            "600m",
            "--work-dir",
            work.toString(),
            address()));
  }

  /// Kills the worker that was started first, and its executors.
  void killWorker() throws InterruptedException {
    Process worker = workers.removeFirst();
    List<ProcessHandle> executors = worker.descendants().toList();
    worker.destroyForcibly().waitFor();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  /// Kills the executors of all workers, which start others.
  void killExecutors() {
    workers.stream().flatMap(Process::descendants).forEach(ProcessHandle::destroyForcibly);
  }

  /// Where the master is.
  String address() {
    return "spark://127.0.0.1:" + port;
  }

  /// Starts a command of Twister whose sweep this cluster trains.
  ///
  /// @param options of its Java
  Process twister(Path output, List<Object> arguments, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.executor.memory=500m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dspark.executor.extraClassPath=" + gpus + File.pathSeparator + path));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", path, Main.class.getName()));
    arguments.forEach(argument -> command.add(argument.toString()));
    command.addAll(List.of("--on", address()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    started.add(process);
    return process;
  }

  /// Ends everything that was started.
  void end() throws InterruptedException {
    for (Process process : started.reversed()) {
      List<ProcessHandle> below = process.descendants().toList();
      process.destroyForcibly().waitFor();
      below.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
