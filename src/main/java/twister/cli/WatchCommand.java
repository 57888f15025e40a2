package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.text.CommandName;
import twister.watch.WatchServer;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister watch`: a page that shows experiments while they are trained.
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Serves a page that shows experiments while they are trained, to browsers of this machine"
            + " alone. It ends with Ctrl-C.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} watch",
      "  ${ROOT-COMMAND-NAME} watch learning-rate-and-l2 --allow-notes",
      "",
      "From another machine:",
      "  ssh -L 8321:127.0.0.1:8321 HOST    and open http://127.0.0.1:8321 there"
    })
final class WatchCommand implements Callable<Integer> {
  private static final int MOST = 65_535;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      description = "what the page shows first: the name of an experiment, its folder, or its file")
  private Optional<String> experiment = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "where the page is, 0 for a port that is free (default: ${DEFAULT-VALUE})",
      defaultValue = "8321")
  private int port;

  @Option(names = "--allow-notes", description = "lets the page change tags and notes of runs")
  private boolean allowsNotes;

  @Option(names = "--no-open", description = "opens no browser")
  private boolean opensNone;

  @Mixin private UnitOption unit;

  @Mixin private ResultsOption results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException, InterruptedException {
    if (port < 0 || port > MOST) {
      throw new InvalidInputException(
          Mistake.in("--port " + port, "allowed: a whole number from 0 to 65,535"));
    }
    if (!Files.isDirectory(results.folder())) {
      refuseOrWaitForFolder();
    }
    String first = first();
    PrintWriter out = command.commandLine().getOut();
    CountDownLatch ended = new CountDownLatch(1);
    try (WatchServer server = start()) {
      String address = "http://127.0.0.1:%d/%s".formatted(server.port(), first);
      out.println(address + "   (Ctrl-C ends it)");
      out.flush();
      if (!opensNone) {
        open(address);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      ended.await();
    }
    return ExitCode.DONE;
  }

  /// The page may be opened before the first run.
  private void refuseOrWaitForFolder() throws InvalidInputException {
    if (Files.exists(results.folder())) {
      throw new InvalidInputException(Mistake.in("--results " + results.folder(), "is no folder"));
    }
    Terminal.warn(
        "%s is not there yet; the page shows what %s puts there"
            .formatted(results.folder(), CommandName.with("run")));
  }

  private WatchServer start() throws InvalidInputException, IOException {
    try {
      return WatchServer.start(
          results.folder(), new WatchServer.Options(port, allowsNotes, unit.unit()));
    } catch (BindException e) {
      throw new InvalidInputException(
          Mistake.in(
              "--port " + port,
              "is in use, perhaps by another twister watch, which http://127.0.0.1:%d would show; --port 0 takes one that is free"
                  .formatted(port)));
    }
  }

  /// What the address says of the experiment that is shown first.
  private String first() throws InvalidInputException, IOException {
    if (experiment.isEmpty()) {
      return "";
    }
    String name =
        String.valueOf(
            ExperimentChoice.begun(results.folder(), experiment.get())
                .path()
                .toAbsolutePath()
                .normalize()
                .getFileName());
    return "#"
        + URLEncoder.encode("{\"experiment\":\"" + name + "\"}", StandardCharsets.UTF_8)
            .replace("+", "%20");
  }

  /// Opens the page in the user's browser, where there is a screen.
  private static void open(String address) {
    boolean isMac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    boolean hasScreen =
        isMac || System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    if (!hasScreen) {
      return;
    }
    try {
      new ProcessBuilder(List.of(isMac ? "open" : "xdg-open", address))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      return; // There is no such program; the address is printed.
    }
  }
}
