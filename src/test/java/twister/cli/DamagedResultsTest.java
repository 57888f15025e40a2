package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import twister.faults.Damage;

/// Results folders with random damage: no command shows a number that is not so, ends in a stack
/// trace, waits for ever or touches anything outside; `run` and `doctor` put all in order, or name
/// what stands in the way.
///
/// `-Dtwister.attack=N` tries N folders, `-Dtwister.attack.seed=N` those that a failure names.
@Tag("processor")
@EnabledOnOs(value = OS.LINUX, disabledReason = "links and pipes differ")
class DamagedResultsTest extends CommandLineTest {
  private static final int FOLDERS = Integer.getInteger("twister.attack", 100);
  private static final long SEED = Long.getLong("twister.attack.seed", System.nanoTime());

  /// A hole; larger ones are tried by hand, as each takes seconds to be read.
  private static final long LARGE = Long.getLong("twister.attack.bytes", 20_000_000);

  private final Random random = new Random(SEED);
  private final List<String> runs = new ArrayList<>();
  private final Map<String, Answer> whole = new LinkedHashMap<>();
  private String wholeReport = "";
  private Path sound = Path.of("");
  private Path elsewhere = Path.of("");
  private Map<String, String> expected = Map.of();
  private Map<String, String> outside = Map.of();
  private String tried = "";

  @BeforeEach
  void train() throws IOException {
    sound = folder.resolve("sound");
    assertEquals(0, train(sound).code());
    rows(sound.resolve("small/runs.csv")).forEach(row -> runs.add(row.get("run")));
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("kept.txt"), "mine");
    Files.writeString(elsewhere.resolve(".loss.png.tmp"), "mine");
    Files.writeString(elsewhere.resolve("run.yaml"), "run: mine\n");
    expected = Snapshot.of(sound);
    outside = Snapshot.of(elsewhere);
    whole.putAll(answers(copy()));
    wholeReport = report(copy()).out();
  }

  private Answer train(Path into) {
    return twister(
        "run",
        "-q",
        "--no-charts",
        "--results",
        into,
        small,
        "--set",
        "data.split={train: 0.7, dev: 0.3}",
        "--sweep",
        "training.learning-rate=0.5,1",
        "--sweep",
        "seeds=2");
  }

  /// What the commands say that read results.
  private Map<String, Answer> answers(Path into) throws IOException {
    Path picture = folder.resolve("picture.tex");
    Files.deleteIfExists(picture);
    String first = runs.getFirst();
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("runs", "small", "--each", "--columns", "run,status,loss,nll,dev_loss"),
            List.of("compare", first, runs.getLast()),
            List.of("score", "--run", first, "ava"),
            List.of("sample", first, "--count", "3"))) {
      List<Object> all = new ArrayList<>(command);
      all.addAll(List.of("--format", "csv", "--results", into));
      Answer answer = twister(all.toArray());
      String out = answer.out().replaceAll("metrics,seconds,.*\n", "");
      answers.put(command.getFirst().toString(), new Answer(answer.code(), out, answer.err()));
    }
    Answer plot = twister("plot", first, "--results", into, "--out", picture, "--dev");
    Path data = folder.resolve("picture.csv");
    answers.put(
        "plot",
        new Answer(
            plot.code(), plot.code() == 0 ? Files.readString(data) : plot.out(), plot.err()));
    return answers;
  }

  private Path copy() throws IOException {
    Path copy = folder.resolve("damaged");
    if (Files.exists(copy)) {
      deleteAll(copy);
    }
    try (Stream<Path> all = Files.walk(sound)) {
      for (Path path : all.toList()) {
        Files.copy(path, copy.resolve(sound.relativize(path).toString()));
      }
    }
    return copy;
  }

  @Test
  void isRepairedOrNamed(TestReporter reporter) {
    for (int i = 0; i < FOLDERS; i++) {
      tried = "seed %d, folder %d".formatted(SEED, i);
      try {
        assertTimeoutPreemptively(Duration.ofMinutes(2), this::attack);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(tried, e);
      }
    }
    reporter.publishEntry("folders", "%,d damaged, seed %d".formatted(FOLDERS, SEED));
  }

  private void attack() throws IOException, InterruptedException {
    Path damaged = copy();
    Damage damage = new Damage(damaged.resolve("small"), elsewhere, LARGE, random);
    for (int times = random.nextInt(3) == 0 ? 2 : 1; times > 0; times--) {
      tried += ", " + damage.once();
    }
    answers(damaged).forEach((command, answer) -> check(command, answer));
    if (random.nextInt(4) == 0) {
      checkReport(report(damaged));
    }
    Answer doctor = twister("doctor", "small", "--results", damaged);
    checkCode("doctor", doctor);
    answers(damaged).forEach((command, answer) -> check(command, answer));
    Answer second = twister("doctor", "small", "--results", damaged);
    assertTrue(doctor.code() == 0 || second.code() != 0 || isRepaired(doctor), second.out());
    Answer run = train(damaged);
    checkCode("run", run);
    Answer last = twister("doctor", "small", "--results", damaged);
    checkCode("doctor", last);
    if (run.code() == 0) {
      checkFiles(damaged, last);
    } else {
      assertTrue(run.err().contains("move it away"), run.err());
      assertEquals(1, last.code(), run.err() + last.out());
    }
    assertEquals(outside, Snapshot.of(elsewhere));
  }

  private static boolean isRepaired(Answer doctor) {
    return doctor.out().contains("made anew");
  }

  private static void checkCode(String command, Answer answer) {
    assertTrue(Set.of(0, 1, 2, 3).contains(answer.code()), command + answer.code());
    String all = answer.out() + answer.err();
    assertTrue(all.lines().noneMatch(line -> line.startsWith("\tat ")), command + ": " + all);
    assertFalse(all.contains("\u001b[2J"), command + ": " + all);
  }

  /// Whoever answers, answers what is so.
  private void check(String command, Answer answer) {
    checkCode(command, answer);
    if (answer.code() != 0) {
      assertFalse(answer.err().isBlank(), command);
      return;
    }
    String so = Objects.requireNonNull(whole.get(command)).out();
    if (command.equals("runs")) {
      checkRuns(command, so, answer);
    } else {
      assertEquals(so, answer.out(), command);
    }
  }

  /// The name, status and losses of each run on the page of a report.
  private Answer report(Path into) throws IOException {
    Path page = folder.resolve("page.html");
    Answer answer = twister("report", "small", "--results", into, "--out", page);
    if (answer.code() != 0) {
      return answer;
    }
    String html = Files.readString(page);
    String begin = "id=\"data\">";
    String data = html.substring(html.indexOf(begin) + begin.length());
    JsonArray columns =
        JsonParser.parseString(data.substring(0, data.indexOf("</script>")))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("runs");
    Map<String, JsonArray> cells = new LinkedHashMap<>();
    for (JsonElement column : columns) {
      String name = column.getAsJsonObject().get("name").getAsString();
      if (List.of("run", "status", "loss", "dev_loss").contains(name)) {
        cells.put(name, column.getAsJsonObject().getAsJsonArray("cells"));
      }
    }
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < Objects.requireNonNull(cells.get("run")).size(); row++) {
      for (JsonArray column : cells.values()) {
        rows.append(column.get(row).getAsString()).append(',');
      }
      rows.append('\n');
    }
    return new Answer(answer.code(), rows.toString(), answer.err());
  }

  private void checkReport(Answer answer) {
    checkCode("report", answer);
    if (answer.code() == 0) {
      checkRuns("report", wholeReport, answer);
    } else {
      assertFalse(answer.err().isBlank(), "report");
    }
  }

  private static void checkRuns(String command, String so, Answer answer) {
    Set<String> finished = new TreeSet<>(answer.out().lines().toList());
    finished.removeIf(row -> row.contains(",failed,") || row.startsWith("failed,"));
    finished.removeAll(so.lines().toList());
    assertEquals(Set.of(), finished, command);
  }

  /// All is as it was, or named.
  private void checkFiles(Path damaged, Answer doctor) throws IOException {
    for (String name : Snapshot.differences(expected, Snapshot.of(damaged))) {
      String file = damaged.resolve(name).getFileName().toString();
      boolean isAdded = !expected.containsKey(name);
      // A folder that is added with the name of a run has a row, and is what the doctor names.
      boolean isTable = file.equals("runs.csv") || file.equals(".runs.csv.sum");
      assertTrue(
          isAdded || (doctor.code() == 1 && (isTable || doctor.out().contains(file))),
          name + ": " + doctor.out());
    }
    if (doctor.code() == 0) {
      answers(damaged).forEach((command, answer) -> assertEquals(whole.get(command), answer));
    }
  }
}
