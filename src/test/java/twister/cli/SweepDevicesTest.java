package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.experiment.Experiment;
import twister.experiment.FakeDevices;
import twister.report.Progress;

/// Sweeps whose batches are trained on several devices.
class SweepDevicesTest extends CommandLineTest {
  private static final String RATES = "training.learning-rate=0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8";

  /// Two devices, neither of which begins its first batch before the other does.
  private static final class Meeting extends FakeDevices {
    private final CyclicBarrier begin = new CyclicBarrier(2);

    Meeting(String... names) {
      super(names);
    }

    @Override
    public void open(Device device) {
      if (opened.stream().noneMatch(one -> one.device().equals(device))) {
        try {
          begin.await(20, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException | InterruptedException e) {
          throw new IllegalStateException("the other device has no work", e);
        }
      }
    }
  }

  /// Devices some of which fail.
  private static final class Failing extends FakeDevices {
    private final List<String> failing;

    Failing(String... failing) {
      super("Twin", "Twin", "Twin");
      this.failing = List.of(failing);
    }

    @Override
    public void open(Device device) {
      if (failing.contains(device.index())) {
        throw new DeviceException(device.index() + " (Twin) is gone");
      }
    }
  }

  private int sweep(FakeDevices devices, String... sweeps) throws Exception {
    return sweep(results, devices, sweeps);
  }

  private int sweep(Path into, FakeDevices devices, String... sweeps) throws Exception {
    Experiment experiment = Experiment.read(small, List.of(), List.of(sweeps));
    RunOnTerminal.Options options =
        new RunOnTerminal.Options(
            false, false, RunOnTerminal.Verbosity.NONE, false, Progress.Style.NONE);
    try (Interruption interruption = new Interruption()) {
      return new SweepOnTerminal(
              experiment, devices.all(), Optional.empty(), into, options, interruption)
          .run();
    }
  }

  private static Map<String, String> losses(Path results) throws IOException {
    return rows(results.resolve("small").resolve("runs.csv")).stream()
        .collect(
            Collectors.toMap(
                row -> row.get("run"), row -> row.get("loss"), (_, b) -> b, TreeMap::new));
  }

  private List<String> column(String name) throws IOException {
    return rows(results.resolve("small").resolve("runs.csv")).stream()
        .map(row -> row.get(name))
        .toList();
  }

  /// All files; that a record names another of the equal devices is no difference.
  private static Map<String, String> files(Path results) throws IOException {
    Map<String, String> files = Snapshot.of(results.resolve("small"));
    files.replaceAll((_, text) -> text.replace("index: 0:1", "index: 0:0"));
    return files;
  }

  @Test
  void equalDevicesShareTheRunsAndLeaveTheSameFilesAsOne() throws Exception {
    Path alone = folder.resolve("alone");
    FakeDevices one = new FakeDevices("Twin");
    assertEquals(0, sweep(alone, one, RATES));
    assertEquals(1, one.opened.size());
    Meeting two = new Meeting("Twin", "Twin");
    assertEquals(0, sweep(two, RATES));
    assertEquals(List.of(4, 4), two.opened.stream().map(FakeDevices.Opened::runs).toList());
    assertEquals(2, two.opened.stream().map(FakeDevices.Opened::device).distinct().count());
    assertEquals(files(alone), files(results));
    assertEquals(losses(alone), losses(results));
  }

  @Test
  void recordOfEachRunNamesTheDeviceThatTrainedIt() throws Exception {
    assertEquals(0, sweep(new Meeting("Twin", "Twin"), RATES));
    List<String> devices = new ArrayList<>();
    for (String run : column("run")) {
      String record = Files.readString(results.resolve("small").resolve(run).resolve("run.yaml"));
      record.lines().filter(line -> line.startsWith("  index: ")).forEach(devices::add);
    }
    assertEquals(4, Collections.frequency(devices, "  index: 0:0"), devices.toString());
    assertEquals(4, Collections.frequency(devices, "  index: 0:1"), devices.toString());
  }

  @Test
  void onlyRunsThatAreMissingAreTrainedOnWhicheverOfTheDevices() throws Exception {
    assertEquals(0, sweep(new Meeting("Large", "Small"), RATES));
    assertEquals(Set.of("Large", "Small"), Set.copyOf(column("device")));
    Map<String, String> before = losses(results);
    assertEquals(8, before.size());
    FakeDevices again = new FakeDevices("Large", "Small");
    assertEquals(0, sweep(again, RATES));
    assertEquals(List.of(), again.opened);
    Path lost = results.resolve("small").resolve(before.keySet().iterator().next());
    Files.delete(lost.resolve("run.yaml"));
    Files.delete(results.resolve("small").resolve("runs.csv"));
    assertEquals(0, sweep(again, RATES));
    assertEquals(List.of(1), again.opened.stream().map(FakeDevices.Opened::runs).toList());
    assertTrue(losses(results).values().containsAll(before.values()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "method=cma-es | training.learning-rate=log(0.1,1)",
        "method=successive-halving | training.learning-rate=log(0.1,1)"
      })
  void searchesGoOnWithTheRunsOfAnyOfTheDevices(String method, String rates) throws Exception {
    String[] sweeps = {method, "runs=8", "seeds=4", rates};
    assertEquals(0, sweep(new Meeting("Large", "Small"), sweeps));
    assertEquals(Set.of("Large", "Small"), Set.copyOf(column("device")));
    FakeDevices again = new FakeDevices("Large", "Small");
    assertEquals(0, sweep(again, sweeps));
    assertEquals(List.of(), again.opened);
  }

  @Test
  void otherDevicesTrainWhatOneThatFailsLeaves() throws Exception {
    Failing devices = new Failing("0:0", "0:2");
    assertEquals(0, sweep(devices, RATES));
    assertEquals(8, losses(results).size());
    assertTrue(devices.opened.stream().allMatch(one -> one.device().index().equals("0:1")));
  }

  @Test
  void bestOfManyRunsIsCompletedOnADeviceThatHasNotFailed() throws Exception {
    assertEquals(0, sweep(new Failing("0:0"), "training.learning-rate=log(0.1,0.9,101)"));
    try (Stream<Path> all = Files.walk(results)) {
      assertEquals(1, all.filter(file -> file.endsWith("weights.csv")).count());
    }
  }

  @Test
  void sweepStopsWhenTheLastDeviceFailsAndGoesOnLater() throws Exception {
    IOException stopped =
        assertThrows(IOException.class, () -> sweep(new Failing("0:0", "0:1", "0:2"), RATES));
    String message = String.valueOf(stopped.getMessage());
    assertTrue(message.endsWith(" (Twin) is gone; run the same command again to go on"), message);
    assertEquals(0, sweep(new Failing(), RATES));
    assertEquals(8, losses(results).size());
  }

  @Test
  void batchesAreCutOnlyWhereADeviceWouldHaveNoWork() throws Exception {
    FakeDevices devices = new Meeting("Twin", "Twin");
    assertEquals(0, sweep(devices, RATES, "data.order=1,2,3,4"));
    int cut = Math.toIntExact(devices.opened.stream().filter(one -> one.runs() < 8).count());
    assertTrue(cut < 4, devices.opened.toString());
    assertEquals(32, devices.opened.stream().mapToInt(FakeDevices.Opened::runs).sum());
  }
}
