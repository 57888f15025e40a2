package twister.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import twister.backend.Device;
import twister.backend.cpu.CpuBackend;
import twister.experiment.Devices;
import twister.experiment.Hardware;
import twister.report.TextTable;

/// `twister devices`: what there is to train on.
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Lists the devices of this machine, by the names that --device takes.")
final class DevicesCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Devices devices = new Devices(Terminal::warn);
    try {
      print(out, devices.all(), devices.reason());
      return ExitCode.DONE;
    } catch (Devices.NotLoaded e) {
      Relaunch.Ended ended =
          Relaunch.withDevices(command.commandLine().getParent().getParseResult().originalArgs());
      if (ended.message().isPresent()) {
        print(out, new CpuBackend().devices(), ended.message());
      }
      return ended.code();
    }
  }

  private static void print(PrintWriter out, List<Device> devices, Optional<String> reason) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("DEVICE", "TYPE", "BACKEND", "MEMORY", "NAME", "DRIVER"));
    Hardware.of(devices).forEach(hardware -> rows.add(row(hardware)));
    out.println(new TextTable(rows, Set.of()).text(""));
    reason.ifPresent(why -> out.println(System.lineSeparator() + "No other devices: " + why + "."));
    out.flush();
  }

  private static List<String> row(Hardware hardware) {
    Device device = hardware.device();
    return List.of(
        device.index(),
        device.kind().name().toLowerCase(Locale.ROOT),
        hardware.backends(),
        String.format(Locale.ROOT, "%.1f GB", device.memory() / 1e9),
        device.name(),
        device.driver());
  }
}
