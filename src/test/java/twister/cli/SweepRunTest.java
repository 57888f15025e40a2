package twister.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.tracking.ExperimentFolder;

class SweepRunTest extends CommandLineTest {
  private static final String RATES = "training.learning-rate=0.5,1,20";

  private Answer sweep(Object... options) {
    return run(Stream.concat(Stream.of("-q", small), Stream.of(options)).toArray());
  }

  private Path experiment() {
    return results.resolve("small");
  }

  private Map<String, CSVRecord> table() throws IOException {
    return rows(experiment().resolve("runs.csv")).stream()
        .collect(Collectors.toMap(row -> row.get("run"), row -> row));
  }

  private String only(String column, String value, String wanted) throws IOException {
    List<String> found =
        table().values().stream()
            .filter(row -> row.get(column).equals(value))
            .map(row -> row.get(wanted))
            .distinct()
            .toList();
    assertEquals(1, found.size(), found.toString());
    return found.getFirst();
  }

  private Map<String, String> runFiles(String id) throws IOException {
    return Snapshot.of(experiment().resolve(id));
  }

  @Test
  void everyRunIsTheOneThatIsTrainedAlone() throws IOException {
    Answer answer =
        sweep(
            "--no-charts", "--sweep", RATES, "--sweep", "training.l2=0,0.1", "--sweep", "seeds=2");
    assertEquals(0, answer.code(), answer.err());
    assertEquals(experiment() + System.lineSeparator(), answer.out());
    Map<String, CSVRecord> table = table();
    assertEquals(12, table.size());
    Map<String, String> together = Snapshot.of(experiment());
    Path alone = folder.resolve("alone");
    for (CSVRecord row : table.values()) {
      Answer single =
          twister(
              "run",
              "-q",
              "--results",
              alone,
              small,
              "--set",
              "training.learning-rate=" + row.get("training.learning-rate"),
              "--set",
              "training.l2=" + row.get("training.l2"),
              "--set",
              "model.init.seed=" + row.get("model.init.seed"));
      assertEquals(0, single.code(), single.err());
    }
    Map<String, String> singles = Snapshot.of(alone.resolve("small"));
    singles.remove("spec.yaml");
    assertTrue(Files.readString(experiment().resolve("spec.yaml")).contains("sweep:"));
    together.remove("spec.yaml");
    assertEquals(singles, together);
  }

  @Test
  void nothingIsTrainedTwiceAndAGridThatGrewTrainsTheNewCells() throws IOException {
    assertEquals(0, sweep("--sweep", RATES).code());
    Map<String, CSVRecord> before = table();
    Answer again = run(small, "--sweep", RATES);
    assertTrue(again.out().contains("3 runs, 3 of them trained before"), again.out());
    assertEquals(0, sweep("--sweep", "training.learning-rate=0.5,1,2,20").code());
    Map<String, CSVRecord> after = table();
    assertEquals(4, after.size());
    before.forEach((id, row) -> assertEquals(row.toList(), requireNonNull(after.get(id)).toList()));
    List<String> rates =
        rows(experiment().resolve("runs.csv")).stream()
            .map(row -> row.get("training.learning-rate"))
            .toList();
    assertEquals(List.of("0.5", "1.0", "2.0", "20.0"), rates, "ordered by the settings");
  }

  @Test
  void againTrainsEveryRunAnewToTheSameBytes() throws IOException {
    assertEquals(0, sweep("--sweep", RATES).code());
    Map<String, String> first = Snapshot.of(experiment());
    Set<String> started =
        table().values().stream().map(row -> row.get("started")).collect(Collectors.toSet());
    assertEquals(0, sweep("--sweep", RATES, "--again").code());
    assertEquals(first, Snapshot.of(experiment()));
    assertTrue(table().values().stream().noneMatch(row -> started.contains(row.get("started"))));
  }

  @Test
  void divergedRunCostsTheOthersNothing() throws IOException {
    Answer answer =
        run(small, "--set", "training.l2=1", "--sweep", "training.learning-rate=0.5,1e300,0.7");
    assertEquals(ExitCode.SOME_RUNS_ENDED_BADLY, answer.code(), answer.err());
    assertTrue(answer.out().contains("2 finished, 1 diverged"), answer.out());
    String id = only("training.learning-rate", "1.0E300", "run");
    String steps = only("training.learning-rate", "1.0E300", "steps");
    assertEquals("diverged", only("training.learning-rate", "1.0E300", "status"));
    assertTrue(
        Files.readString(experiment().resolve(id).resolve("run.yaml"))
            .contains("message: the loss at step " + steps + " is not a finite number"));
    List<CSVRecord> metrics = rows(experiment().resolve(id).resolve("metrics.csv"));
    assertEquals(steps, metrics.getLast().get("step"));
    List<String> ranks =
        answer.out().lines().dropWhile(line -> !line.startsWith("rank")).skip(1).limit(3).toList();
    assertTrue(ranks.getLast().contains("1E+300"), answer.out());
    Map<String, String> beside = runFiles(only("training.learning-rate", "0.7", "run"));
    assertEquals(
        0,
        sweep("--set", "training.l2=1", "--sweep", "training.learning-rate=0.7", "--again").code());
    assertEquals(beside, runFiles(only("training.learning-rate", "0.7", "run")));
  }

  @Test
  void everyShapeIsABatchOfItsOwn() throws IOException {
    Answer answer =
        sweep(
            "--sweep", "data.order=1,2,3",
            "--sweep", "training.steps=2,5",
            "--sweep", "training.path=counts,examples");
    assertEquals(0, answer.code(), answer.err());
    assertEquals(12, table().size());
    Map<List<String>, Set<String>> losses =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (CSVRecord row : table().values()) {
      assertEquals("finished", row.get("status"));
      assertEquals(row.get("training.steps"), row.get("steps"));
      losses
          .computeIfAbsent(
              List.of(row.get("data.order"), row.get("training.steps")), _ -> new TreeSet<>())
          .add(row.get("loss").substring(0, 10));
    }
    assertTrue(losses.values().stream().allMatch(both -> both.size() == 1), losses.toString());
  }

  @Test
  void countsAndPerceptronsAreSweptToo() throws IOException {
    Answer counts =
        sweep(
            "--set",
            "model={kind: counts}",
            "--set",
            "training=null",
            "--sweep",
            "model.smoothing=0,1,10");
    assertEquals(0, counts.code(), counts.err());
    assertEquals(3, table().size());
    Answer perceptrons =
        sweep(
            "--set",
            "name=mlp",
            "--set",
            "model={kind: mlp, block-size: 2, embedding: 2}",
            "--sweep",
            "model.hidden=3,4",
            "--sweep",
            "training.batch=1,2",
            "--sweep",
            "seeds=[5, 6]");
    assertEquals(0, perceptrons.code(), perceptrons.err());
    List<CSVRecord> rows = rows(results.resolve("mlp/runs.csv"));
    assertEquals(8, rows.size());
    assertEquals(8, rows.stream().map(row -> row.get("loss")).distinct().count());
  }

  @Test
  void largeSweepKeepsTheModelOfItsBestRunOnly() throws IOException {
    Answer answer =
        sweep(
            "--set",
            "training.steps=2500",
            "--no-charts",
            "--sweep",
            "training.learning-rate=log(0.1,10,51)",
            "--sweep",
            "training.l2=0,0.1");
    assertEquals(0, answer.code(), answer.err());
    assertEquals(102, table().size());
    String best =
        table().values().stream()
            .min(Comparator.comparingDouble(row -> Double.parseDouble(row.get("loss"))))
            .orElseThrow()
            .get("run");
    Set<String> few = Set.of("run.yaml", "spec.yaml", "metrics.csv", "samples.csv");
    for (CSVRecord row : table().values()) {
      String id = row.get("run");
      Set<String> names = runFiles(id).keySet();
      if (id.equals(best)) {
        assertTrue(names.containsAll(few) && names.contains("weights.csv"), names.toString());
        assertEquals(2500, rows(experiment().resolve(id).resolve("metrics.csv")).size());
      } else {
        assertEquals(few, names);
        List<CSVRecord> metrics = rows(experiment().resolve(id).resolve("metrics.csv"));
        assertEquals(
            List.of("0", "5", "10", "15"),
            metrics.stream().limit(4).map(step -> step.get("step")).toList());
        assertEquals(500, metrics.size());
      }
    }
    Map<String, String> kept = runFiles(best);
    CSVRecord row = requireNonNull(table().get(best));
    Answer alone =
        run(
            "-q",
            small,
            "--no-charts",
            "--again",
            "--set",
            "training.steps=2500",
            "--set",
            "training.learning-rate=" + row.get("training.learning-rate"),
            "--set",
            "training.l2=" + row.get("training.l2"));
    assertEquals(0, alone.code(), alone.err());
    assertEquals(kept, runFiles(best));
    String thin =
        table().keySet().stream().filter(id -> !id.equals(best)).findFirst().orElseThrow();
    assertEquals(
        0, run("-q", "--no-charts", experiment().resolve(thin).resolve("spec.yaml")).code());
    assertTrue(runFiles(thin).containsKey("weights.csv"), "its own spec.yaml makes a run whole");
    assertEquals(2500, rows(experiment().resolve(thin).resolve("metrics.csv")).size());
  }

  @Test
  void draftsAndHalfWrittenFoldersAreMadeAnew() throws IOException {
    assertEquals(0, sweep("--sweep", RATES).code());
    Map<String, String> whole = Snapshot.of(experiment());
    List<String> ids = table().keySet().stream().sorted().toList();
    Path draft = Files.createDirectories(experiment().resolve("." + ids.get(0) + ".draft"));
    Files.writeString(draft.resolve("run.yaml"), "run: x\nstatus: finished\n");
    Files.delete(experiment().resolve(ids.get(0)).resolve("run.yaml"));
    Files.writeString(experiment().resolve(ids.get(1)).resolve("run.yaml"), "run: " + ids.get(1));
    Files.setLastModifiedTime(
        experiment().resolve(ids.get(1)).resolve("run.yaml"),
        FileTime.from(Instant.now().plusSeconds(60)));
    assertEquals(0, sweep("--sweep", RATES).code());
    assertEquals(whole, Snapshot.of(experiment()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run,status\ntorn", "a,b\n1,2\n", "\0\0\0"})
  void damagedTableIsMadeAnew(String damage) throws IOException {
    assertEquals(0, sweep("--sweep", RATES).code());
    Map<String, String> whole = Snapshot.of(experiment());
    Path file = experiment().resolve("runs.csv");
    if (damage.isEmpty()) {
      Files.delete(file);
    } else {
      Files.writeString(file, damage);
    }
    Answer answer = sweep("--sweep", RATES);
    assertEquals(0, answer.code(), answer.err());
    assertEquals(whole, Snapshot.of(experiment()));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_000_000_000, 1_000_000_000})
  void jumpingClockChangesNothing(long seconds) throws IOException {
    assertEquals(0, sweep("--sweep", RATES).code());
    Map<String, String> whole = Snapshot.of(experiment());
    Files.setLastModifiedTime(
        experiment().resolve("runs.csv"), FileTime.from(Instant.now().plusSeconds(seconds)));
    assertEquals(0, sweep("--sweep", "training.learning-rate=0.5,1,2,20").code());
    assertEquals(4, table().size());
    String added = only("training.learning-rate", "2.0", "run");
    assertNotEquals(whole, Snapshot.of(experiment()));
    for (String id : whole.keySet().stream().filter(name -> name.endsWith("run.yaml")).toList()) {
      assertEquals(whole.get(id), Snapshot.of(experiment()).get(id));
    }
    assertTrue(Files.exists(experiment().resolve(added).resolve("run.yaml")));
  }

  @Test
  void secondProcessIsRefusedWhileTheFirstHasTheFolder() throws IOException {
    ExperimentFolder busy = new ExperimentFolder(experiment());
    try (FileChannel _ = busy.lock().orElseThrow()) {
      Answer answer = sweep("--sweep", RATES);
      assertEquals(ExitCode.FAILED, answer.code());
      assertTrue(answer.err().contains("in use by another twister"), answer.err());
    }
    assertEquals(0, sweep("--sweep", RATES).code());
  }

  @Test
  void bestRunsStandAtTheEnd() {
    Answer answer = run(small, "--sweep", RATES, "--sweep", "training.l2=0,0.1");
    assertTrue(
        answer.out().contains("sweep     training.learning-rate (3) x training.l2 (2): 6 runs"),
        answer.out());
    assertTrue(answer.out().contains("learning rate varies, L2 varies"), answer.out());
    List<String> lines = answer.out().lines().toList();
    int first =
        lines.indexOf(
            lines.stream().filter(line -> line.startsWith("rank")).findFirst().orElseThrow());
    assertTrue(lines.get(first + 1).strip().startsWith("1 "), lines.get(first + 1));
    assertTrue(answer.out().contains("6 finished"), answer.out());
    assertFalse(answer.err().contains("twister:"), answer.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cma-es", "bobyqa"})
  void searchComesNearTheBestOfAFineGridAndGoesOnWhereItWasEnded(String method) throws IOException {
    Object[] search = {
      "--set",
      "name=" + method,
      "--set",
      "training.steps=50",
      "--sweep",
      "method=" + method,
      "--sweep",
      "runs=40",
      "--sweep",
      "training.learning-rate=log(0.1,1000)",
      "--sweep",
      "training.l2=linear(0,0.5)"
    };
    assertEquals(0, sweep(search).code());
    Path found = results.resolve(method);
    Map<String, String> whole = Snapshot.of(found);
    List<CSVRecord> rows = rows(found.resolve("runs.csv"));
    assertTrue(rows.size() <= 40 && rows.size() > 10, rows.size() + " runs");
    double best = best(rows);
    assertEquals(
        0,
        sweep(
                "--set", "training.steps=50",
                "--sweep", "training.learning-rate=log(0.1,1000,60)",
                "--sweep", "training.l2=0,0.01")
            .code());
    double ofGrid = best(rows(experiment().resolve("runs.csv")));
    assertTrue(best < ofGrid + 0.1, best + " is far above " + ofGrid);
    Path lost = found.resolve(rows.get(rows.size() / 2).get("run"));
    Files.delete(lost.resolve("run.yaml"));
    String kept = Files.readString(found.resolve(rows.getFirst().get("run")).resolve("run.yaml"));
    assertEquals(0, sweep(search).code());
    assertEquals(whole, Snapshot.of(found));
    assertEquals(
        kept, Files.readString(found.resolve(rows.getFirst().get("run")).resolve("run.yaml")));
  }

  private static double best(List<CSVRecord> rows) {
    return rows.stream()
        .mapToDouble(row -> Double.parseDouble(row.get("loss")))
        .min()
        .orElseThrow();
  }

  @Test
  void halvingTrainsFewerAndFewerSettingsForMoreAndMoreSteps() throws IOException {
    Object[] halving = {
      "--set",
      "training.steps=40",
      "--sweep",
      "method=successive-halving",
      "--sweep",
      "runs=9",
      "--sweep",
      "factor=2",
      "--sweep",
      "seeds=2",
      "--sweep",
      "training.learning-rate=log(0.1,100)"
    };
    assertEquals(0, sweep(halving).code());
    Map<String, List<CSVRecord>> rungs =
        table().values().stream().collect(Collectors.groupingBy(row -> row.get("training.steps")));
    assertEquals(
        Map.of("5", 18, "10", 8, "20", 4, "40", 2),
        rungs.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, rung -> rung.getValue().size())));
    assertEquals(means(rungs, "5").subList(0, 4).stream().sorted().toList(), settings(rungs, "10"));
    assertEquals(
        means(rungs, "10").subList(0, 2).stream().sorted().toList(), settings(rungs, "20"));
    assertEquals(means(rungs, "20").subList(0, 1), settings(rungs, "40"));
    List<String> ranks =
        twister("runs", "--results", results, "small", "--columns", "rank,training.steps,note")
            .out()
            .lines()
            .map(String::strip)
            .filter(line -> line.matches(".*(40|rung of (5|10|20) steps)"))
            .toList();
    assertEquals(9 + 4 + 2 + 1, ranks.size(), ranks.toString());
    assertTrue(ranks.getFirst().matches("1 +40"), ranks.toString());
    assertTrue(ranks.get(1).matches("20 +rung of 20 steps"), ranks.toString());
    Map<String, String> whole = Snapshot.of(experiment());
    assertEquals(0, sweep(halving).code());
    assertEquals(whole, Snapshot.of(experiment()));
  }

  private static List<String> settings(Map<String, List<CSVRecord>> rungs, String steps) {
    return requireNonNull(rungs.get(steps)).stream()
        .map(row -> row.get("training.learning-rate"))
        .distinct()
        .sorted()
        .toList();
  }

  /// The learning rates of a rung, that with the lowest mean loss first.
  private static List<String> means(Map<String, List<CSVRecord>> rungs, String steps) {
    Map<String, Double> means =
        requireNonNull(rungs.get(steps)).stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get("training.learning-rate"),
                    Collectors.averagingDouble(row -> Double.parseDouble(row.get("loss")))));
    return means.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void runsStopEarlyEachAtItsOwnStep() throws IOException {
    Object[] stopping = {
      "--set",
      "training.steps=400",
      "--set",
      "training.stop={target: 1, every: 3}",
      "--sweep",
      "training.learning-rate=2,5,20"
    };
    assertEquals(0, sweep(stopping).code());
    Map<String, Integer> steps =
        table().values().stream()
            .collect(
                Collectors.toMap(
                    row -> row.get("training.learning-rate"),
                    row -> Integer.parseInt(row.get("steps"))));
    assertEquals(3, Set.copyOf(steps.values()).size(), steps.toString());
    for (CSVRecord row : table().values()) {
      int count = Integer.parseInt(row.get("steps"));
      List<CSVRecord> metrics = rows(experiment().resolve(row.get("run")).resolve("metrics.csv"));
      assertEquals(count, metrics.size());
      assertEquals(0, (count - 1) % 3);
      assertTrue(Double.parseDouble(metrics.getLast().get("loss")) <= 1);
      assertTrue(Double.parseDouble(metrics.get(count - 4).get("loss")) > 1);
      Path shorter =
          runFolder(
              run(
                  "-q",
                  small,
                  "--set",
                  "name=shorter",
                  "--set",
                  "training.steps=" + count,
                  "--set",
                  "training.learning-rate=" + row.get("training.learning-rate")));
      for (String file : List.of("weights.csv", "samples.csv", "metrics.csv")) {
        assertEquals(
            Files.readString(shorter.resolve(file)),
            Files.readString(experiment().resolve(row.get("run")).resolve(file)));
      }
      assertTrue(
          Files.readString(experiment().resolve(row.get("run")).resolve("run.yaml"))
              .contains("message: stopped after step " + (count - 1)));
    }
  }

  @Test
  void runsStopByTheLossOnTheDevWords() throws IOException {
    Object[] stopping = {
      "--set", "training.steps=400", "--set", "training.stop={loss: dev, patience: 6, every: 2}",
      "--set", "data.split={train: 0.5, dev: 0.5}", "--sweep", "training.learning-rate=5,20"
    };
    assertEquals(0, sweep(stopping).code());
    for (CSVRecord row : table().values()) {
      List<CSVRecord> evaluations =
          rows(experiment().resolve(row.get("run")).resolve("evaluation.csv"));
      List<Double> dev =
          evaluations.stream()
              .filter(evaluation -> evaluation.get("split").equals("dev"))
              .map(evaluation -> Double.parseDouble(evaluation.get("loss")))
              .toList();
      int looks = dev.size() - 1;
      int lowest = dev.indexOf(Collections.min(dev));
      assertEquals(
          2 * (looks - 1) + 1, Integer.parseInt(row.get("steps")), "the last look ends it");
      assertEquals(3, looks - 1 - lowest, "looks after the lowest");
      assertEquals(dev.getLast(), dev.get(looks - 1), "the model is that of the last look");
      assertTrue(
          Files.readString(experiment().resolve(row.get("run")).resolve("run.yaml"))
              .contains("as the loss on the dev words does not get lower"));
    }
  }

  @Test
  void bestIsTheBestRunOfTheBestSettingAndItsModelIsKept() throws IOException {
    Answer answer =
        run(
            small,
            "--no-charts",
            "--set",
            "samples.count=0",
            "--sweep",
            "training.learning-rate=log(1,1000,51)",
            "--sweep",
            "seeds=2");
    assertEquals(0, answer.code(), answer.err());
    String first =
        answer
            .out()
            .lines()
            .dropWhile(line -> !line.startsWith("rank"))
            .skip(1)
            .findFirst()
            .orElseThrow();
    String best = first.substring(first.lastIndexOf(' ') + 1);
    assertTrue(answer.out().contains("best      " + experiment().resolve(best)), answer.out());
    assertTrue(Files.exists(experiment().resolve(best).resolve("weights.csv")));
    String luckiest =
        table().values().stream()
            .min(Comparator.comparingDouble(row -> Double.parseDouble(row.get("loss"))))
            .orElseThrow()
            .get("run");
    assertNotEquals(best, luckiest, "which is of a setting that is worse in the mean");
  }

  @Test
  void tableAtTheEndIsOfTheSweepAlone() throws IOException {
    assertEquals(0, sweep("--sweep", "training.learning-rate=1,2").code());
    Answer answer = run(small, "--sweep", "training.learning-rate=0.5,1");
    List<String> ranks =
        answer.out().lines().dropWhile(line -> !line.startsWith("rank")).skip(1).limit(3).toList();
    assertTrue(ranks.get(0).contains(only("training.learning-rate", "1.0", "run")), answer.out());
    assertTrue(ranks.get(1).contains(only("training.learning-rate", "0.5", "run")), answer.out());
    assertEquals("", ranks.get(2), answer.out());
    assertTrue(answer.out().contains("2 finished"), answer.out());
    assertTrue(twister("runs", experiment()).out().contains("3 runs of small"));
  }

  @Test
  void chartsAreOfTheSweepThatTheTableIsOf() throws IOException {
    sweep("--sweep", "training.learning-rate=10,20");
    Answer second = run(small, "--sweep", "training.learning-rate=0.5,1");
    String best = only("training.learning-rate", "1.0", "loss");
    String shown = "%.4f".formatted(Double.parseDouble(best));

    assertTrue(second.out().contains("2 runs"), second.out());
    for (String chart : List.of("sweep-losses.txt", "loss-by-training-learning-rate.txt")) {
      String caption = Files.readString(experiment().resolve("charts").resolve(chart));
      assertTrue(caption.contains("2 runs of small"), caption);
      assertTrue(caption.contains("The best loss is " + shown), caption);
    }
  }

  @Test
  void modelsOfSeveralKindsAreComparedEachWithTheKeysOfItsOwn() throws IOException {
    Object[] kinds = {
      "--set",
      "data.split={train: 0.7, dev: 0.3}",
      "--sweep",
      "model.kind=counts,softmax,mlp",
      "--sweep",
      "training.learning-rate=1,2"
    };
    Answer answer = run(Stream.concat(Stream.of(small), Stream.of(kinds)).toArray());
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("model     kind varies"), answer.out());
    assertTrue(answer.out().contains("(2): 5 runs"), answer.out());
    assertTrue(answer.out().contains("infinite dev_loss"), answer.out());
    Answer again = run("--no-charts", experiment().resolve("spec.yaml"));
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().contains("5 runs, 5 of them trained before"), again.out());
  }

  @Test
  void headerLeavesOutWhatVaries() {
    Answer answer =
        run(
            small,
            "--no-charts",
            "--sweep",
            "data.order=1,3",
            "--sweep",
            "training.steps=2,3",
            "--sweep",
            "training.path=counts,examples",
            "--sweep",
            "data.words=1,2");
    assertTrue(
        answer.out().contains("data      words.txt, words vary" + System.lineSeparator()),
        answer.out());
    assertTrue(
        answer.out().contains("model     softmax, order varies, seed 2147483647"), answer.out());
    assertTrue(
        answer.out().contains("training  steps vary, path varies, learning rate 1"), answer.out());
    assertTrue(answer.out().contains("losses are of different words: data.words differs"));
  }
}
