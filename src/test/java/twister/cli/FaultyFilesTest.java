package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import twister.experiment.Devices;
import twister.experiment.Experiment;
import twister.experiment.FailureReason;
import twister.faults.Faults;
import twister.faults.FaultyFiles;
import twister.report.Progress;

/// Every change of a file in turn is the last thing that a process does, or is refused. The same
/// command again then ends as if nothing had happened.
@Tag("processor")
class FaultyFilesTest extends CommandLineTest {
  private static final List<String> RATES = List.of("training.learning-rate=0.5,1");
  private static final Command ONE = new Command(List.of(), List.of(), false, false);
  private static final Command OTHER_NAMES =
      new Command(List.of("samples.count=3"), List.of(), false, false);
  private static final Command SWEEP = new Command(List.of(), RATES, false, false);
  private static final Command SWEEP_AGAIN = new Command(List.of(), RATES, true, false);

  /// Every so manieth change is tried; `-Dtwister.faults=all` tries each.
  private static final int EVERY = "all".equals(System.getProperty("twister.faults")) ? 1 : 4;

  private final int start = new Random().nextInt(EVERY);
  private int tried;

  /// A training.
  private record Command(
      List<String> settings, List<String> sweeps, boolean again, boolean charts) {}

  private int run(Command command, Path into) throws Exception {
    List<String> settings = new ArrayList<>(command.settings());
    settings.add("device=cpu");
    Experiment experiment = Experiment.read(small, settings, command.sweeps());
    Devices.Choice choice = new Devices(_ -> {}).choose(experiment.request(), "test");
    RunOnTerminal.Options options =
        new RunOnTerminal.Options(
            command.again(),
            command.charts(),
            RunOnTerminal.Verbosity.NONE,
            false,
            Progress.Style.NONE);
    try (Interruption interruption = new Interruption()) {
      return experiment.sweep().isOne()
          ? new RunOnTerminal(experiment.runs().getFirst(), choice, into, options, interruption)
              .run()
          : new SweepOnTerminal(experiment, choice, Optional.empty(), into, options, interruption)
              .run();
    }
  }

  /// Kills a command before each of its changes. Whatever it left, the same command again makes of
  /// it what an undisturbed one makes.
  ///
  /// @param before the results that there are before, which need not be there
  private void killAtEachChange(Command command, Path before) throws Exception {
    Map<String, String> expected = undisturbed(command, before);
    for (int changes = start; ; changes += EVERY) {
      Path killed = copy(before, "killed");
      if (!isKilled(command, killed, changes)) {
        return;
      }
      goesOn(command, killed, expected, "killed after %d changes".formatted(changes));
    }
  }

  private boolean isKilled(Command command, Path into, int changes) throws Exception {
    Faults.Kill kill = new Faults.Kill(changes);
    try {
      run(command, FaultyFiles.through(kill, into));
    } catch (Faults.Killed | CompletionException e) {
      assertTrue(kill.isDead());
    }
    return kill.isDead();
  }

  private Map<String, String> undisturbed(Command command, Path before) throws Exception {
    Path undisturbed = copy(before, "undisturbed");
    assertEquals(0, run(command, undisturbed));
    return Snapshot.of(undisturbed);
  }

  private void goesOn(Command command, Path into, Map<String, String> expected, String what)
      throws Exception {
    tried++;
    assertEquals(0, run(command, into), what);
    assertEquals(Set.of(), Snapshot.differences(expected, Snapshot.of(into)), what);
    Answer doctor = twister("doctor", "--results", into);
    assertTrue(doctor.out().contains("all is well"), what + ": " + doctor.out());
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = folder.resolve(name);
    if (Files.exists(to)) {
      deleteAll(to);
    }
    if (Files.exists(from)) {
      try (Stream<Path> all = Files.walk(from)) {
        for (Path path : all.toList()) {
          Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
      }
    }
    return to;
  }

  /// When each run was started.
  private static Map<String, String> started(Path results) throws IOException {
    Map<String, String> times = new HashMap<>();
    Path table = results.resolve("small/runs.csv");
    if (Files.exists(table)) {
      rows(table).forEach(row -> times.put(row.get("run"), row.get("started")));
    }
    return times;
  }

  @Test
  void killedTrainingsGoOn(TestReporter reporter) throws Exception {
    Path nothing = folder.resolve("nothing");
    killAtEachChange(ONE, nothing);
    killAtEachChange(SWEEP, nothing);
    reporter.publishEntry("kills", "%,d at a change of a file".formatted(tried));
  }

  @Test
  void drawingOfOtherNamesThatIsKilledTrainsNothingAgain(TestReporter reporter) throws Exception {
    killAtEachChangeOfACompleteRun(ONE, OTHER_NAMES);
    reporter.publishEntry("kills", "%,d at a change of a file".formatted(tried));
  }

  @Test
  void drawingInAnotherStyleThatIsKilledTrainsNothingAgain(TestReporter reporter) throws Exception {
    killAtEachChangeOfACompleteRun(styled("8cm"), styled("9cm"));
    reporter.publishEntry("kills", "%,d at a change of a file".formatted(tried));
  }

  private static Command styled(String width) {
    return new Command(
        List.of("charts={kinds: [loss], style: {width: %s}}".formatted(width)),
        List.of(),
        false,
        true);
  }

  private void killAtEachChangeOfACompleteRun(Command first, Command second) throws Exception {
    Path before = folder.resolve("before");
    assertEquals(0, run(first, before));
    Map<String, String> expected = undisturbed(second, before);
    Map<String, String> started = started(before);
    for (int changes = start; ; changes += EVERY) {
      Path killed = copy(before, "killed");
      if (!isKilled(second, killed, changes)) {
        return;
      }
      String what = "killed after %d changes".formatted(changes);
      if (tried % 2 == 0) {
        Answer doctor = twister("doctor", "--results", killed);
        assertEquals(0, doctor.code(), doctor.out());
      }
      goesOn(second, killed, expected, what);
      assertEquals(started, started(killed), what);
    }
  }

  @Test
  void filesOfOthersOutliveKillsWhileRunsAreReplaced(TestReporter reporter) throws Exception {
    Path before = folder.resolve("before");
    assertEquals(0, run(SWEEP, before));
    for (String run : started(before).keySet()) {
      Files.writeString(before.resolve("small").resolve(run).resolve("mine.txt"), "mine");
    }
    killAtEachChange(SWEEP_AGAIN, before);
    reporter.publishEntry("kills", "%,d at a change of a file".formatted(tried));
  }

  @Test
  void refusedChangesAreToldInASentence(TestReporter reporter) throws Exception {
    Path nothing = folder.resolve("nothing");
    refuseEachChange(ONE, nothing);
    refuseEachChange(SWEEP, nothing);
    assertEquals(0, run(ONE, folder.resolve("before")));
    refuseEachChange(OTHER_NAMES, folder.resolve("before"));
    reporter.publishEntry("refusals", "%,d of a change of a file".formatted(tried));
  }

  private void refuseEachChange(Command command, Path before) throws Exception {
    Map<String, String> expected = undisturbed(command, before);
    for (int changes = start; ; changes += EVERY) {
      Path into = copy(before, "refused");
      Faults.Refusal refusal = new Faults.Refusal(changes);
      String what = "refused after %d changes".formatted(changes);
      try {
        run(command, FaultyFiles.through(refusal, into));
      } catch (IOException e) {
        assertTrue(FailureReason.of(e).contains(into.toString()), what + ": " + e.getMessage());
      }
      if (!refusal.hasCome()) {
        return;
      }
      goesOn(command, into, expected, what);
    }
  }

  @Test
  void sweepGoesOnWhenTheDiskHasRoomAgain(TestReporter reporter) throws Exception {
    Command large =
        new Command(
            List.of("training.steps=200"),
            List.of("data.order=1,2,3", "training.learning-rate=log(0.1,1,4)"),
            false,
            false);
    Path nothing = folder.resolve("nothing");
    Map<String, String> expected = undisturbed(large, nothing);
    long all = expected.values().stream().mapToLong(String::length).sum();
    for (int part = 0; part <= 12; part++) {
      Path into = copy(nothing, "full");
      Faults.Room room = new Faults.Room(part * all / 12);
      String what = "%,d bytes of %,d".formatted(part * all / 12, all);
      try {
        run(large, FaultyFiles.through(room, into));
      } catch (IOException e) {
        assertTrue(FailureReason.of(e).contains("No space left on device"), e.getMessage());
        assertTrue(FailureReason.of(e).contains(into.toString()), e.getMessage());
      }
      assertTrue(room.isFull() || part == 12, what);
      Map<String, String> kept = startedOfComplete(into);
      goesOn(large, into, expected, what);
      Map<String, String> now = started(into);
      kept.forEach((run, time) -> assertEquals(time, now.get(run), what + ": trained again"));
    }
    reporter.publishEntry("disks", "%,d that were full".formatted(tried));
  }

  /// When the runs were started that are complete, by their own records.
  private static Map<String, String> startedOfComplete(Path results) throws IOException {
    Map<String, String> times = new HashMap<>();
    Path experiment = results.resolve("small");
    if (Files.isDirectory(experiment)) {
      try (Stream<Path> runs = Files.list(experiment)) {
        for (Path run :
            runs.filter(path -> !path.getFileName().toString().startsWith(".")).toList()) {
          if (Files.exists(run.resolve("run.yaml"))) {
            times.put(
                run.getFileName().toString(),
                Files.readAllLines(run.resolve("run.yaml")).stream()
                    .filter(line -> line.startsWith("started: "))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("started: |'", ""));
          }
        }
      }
    }
    return times;
  }
}
