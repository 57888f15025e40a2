package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

@Tag("processor")
class SweepTest {
  @TempDir private Path folder;

  private Sweep read(String section, String... options) throws IOException, InvalidInputException {
    return read(section, List.of(), options);
  }

  private Sweep read(String section, List<String> overrides, String... options)
      throws IOException, InvalidInputException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(
        file,
        """
        name: x
        question: Which one?
        data: {file: names.txt}
        model: {kind: softmax}
        training: {steps: 100, learning-rate: 50}
        """
            + section);
    Sweep sweep = SpecReader.sweep(file, overrides, List.of(options));
    if (overrides.isEmpty() && options.length == 0) {
      SchemaCheck.assertAllows(Files.readString(file));
    }
    return sweep;
  }

  private static String refusal(Executable reading) {
    return assertThrows(InvalidInputException.class, reading).mistakes().stream()
        .map(Mistake::toString)
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model: !!int 3 | x.yaml:2:8: model: found the tag !!int, allowed: no tag",
        "model: *m | x.yaml:2:8: model: found the alias *m, but nothing above has the anchor &m",
        "data: *m | x.yaml:2:7: data: found the alias *m, but nothing above has the anchor &m",
      })
  void valueThatCannotBeReadIsTheMistakeOfAllRuns(String line, String mistake) throws IOException {
    String other = line.startsWith("data") ? "model: {kind: counts}" : "data: {file: names.txt}";
    Path file = folder.resolve("x.yaml");
    Files.writeString(
        file, "name: x\n%s\n%s\nsweep: {model.smoothing: [0, 1]}\n".formatted(line, other));
    assertEquals(
        folder + "/" + mistake, refusal(() -> SpecReader.sweep(file, List.of(), List.of())));
  }

  private static double rate(ExperimentSpec run) {
    return run.training().orElseThrow().learningRate().rate(0);
  }

  private static double l2(ExperimentSpec run) {
    return run.training().orElseThrow().l2();
  }

  private static long seed(ExperimentSpec run) {
    return ((ModelSpec.Softmax) run.model()).init().seed();
  }

  private static <T> List<T> all(Sweep sweep, Function<ExperimentSpec, T> value) {
    return sweep.runs().stream().map(value).toList();
  }

  @Test
  void fileWithoutASweepIsOneExperiment() throws Exception {
    Sweep sweep = read("");
    assertTrue(sweep.isOne());
    assertEquals(List.of(sweep.first()), sweep.runs());
    assertEquals(SpecWriter.yaml(sweep.first()), sweep.yaml());
  }

  @Test
  void gridHasEveryCombinationWithTheSeedsFastest() throws Exception {
    Sweep sweep =
        read("sweep: {training.learning-rate: [1, 10], training.l2: [0, 0.1], seeds: [7, 8]}\n");
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 10.0, 10.0, 10.0, 10.0), all(sweep, SweepTest::rate));
    assertEquals(List.of(0.0, 0.0, 0.1, 0.1, 0.0, 0.0, 0.1, 0.1), all(sweep, SweepTest::l2));
    assertEquals(List.of(7L, 8L, 7L, 8L, 7L, 8L, 7L, 8L), all(sweep, SweepTest::seed));
    assertEquals(List.of("training.learning-rate", "training.l2", "model.init.seed"), sweep.keys());
  }

  @Test
  void countOfSeedsBeginsAtTheSeedOfTheModel() throws Exception {
    assertEquals(
        List.of(2147483647L, 2147483648L, 2147483649L),
        all(read("sweep: {seeds: 3}\n"), SweepTest::seed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{log: [0.1, 100], points: 4}   | 0.1, 1.0, 10.0, 100.0",
        "{log: [0.1, 100], points: 3}   | 0.1, 3.16228, 100.0",
        "{linear: [1, 2], points: 5}    | 1.0, 1.25, 1.5, 1.75, 2.0",
        "{linear: [1, 2], points: 4}    | 1.0, 1.33333, 1.66667, 2.0",
        "{linear: [1.0000001, 1.0000003], points: 3} | 1.0000001, 1.0000002, 1.0000003",
        "[3, 1, 2]                      | 3.0, 1.0, 2.0",
        "[5]                            | 5.0"
      })
  void rangesHaveTheirEndsAndNumbersThatPeopleCanRead(String values, String rates)
      throws Exception {
    Sweep sweep = read("sweep: {training.learning-rate: " + values + "}\n");
    assertEquals("[" + rates + "]", all(sweep, SweepTest::rate).toString());
  }

  @Test
  void rangeOfAKeyOfWholeNumbersHasThoseOnly() throws Exception {
    Sweep sweep = read("sweep: {training.steps: {log: [1, 1000], points: 7}}\n");
    assertEquals(
        List.of(1, 3, 10, 32, 100, 316, 1000),
        all(sweep, run -> run.training().orElseThrow().steps()));
  }

  @Test
  void zippedKeysGoSideBySide() throws Exception {
    Sweep sweep =
        read(
            "sweep: {zip: {training.learning-rate: [1, 2, 3], training.l2: [0, 0.1, 0.2]},"
                + " training.steps: [10, 20]}\n");
    assertEquals(List.of(1.0, 1.0, 2.0, 2.0, 3.0, 3.0), all(sweep, SweepTest::rate));
    assertEquals(List.of(0.0, 0.0, 0.1, 0.1, 0.2, 0.2), all(sweep, SweepTest::l2));
  }

  @Test
  void settingsThatAreTheSameAreOneRun() throws Exception {
    assertEquals(1, read("sweep: {training.path: [counts]}\n").runs().size());
    assertEquals(2, read("sweep: {training.steps: {linear: [1, 2], points: 9}}\n").runs().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "sobol", "halton"})
  void pointsLieWithinTheirRangesAndMoreOfThemBeginWithTheSame(String method) throws Exception {
    String section =
        "sweep: {method: %s, runs: %d, %s training.learning-rate: {log: [0.1, 10]},"
            + " training.path: [counts, examples], training.l2: {linear: [0, 1]}}\n";
    Sweep few = read(section.formatted(method, 64, ""));
    Sweep many = read(section.formatted(method, 128, ""));
    assertEquals(64, few.runs().size());
    assertEquals(few.runs(), many.runs().subList(0, 64));
    for (ExperimentSpec run : many.runs()) {
      assertTrue(rate(run) >= 0.1 && rate(run) <= 10, run.toString());
      assertTrue(l2(run) >= 0 && l2(run) <= 1, run.toString());
    }
    long low = many.runs().stream().filter(run -> rate(run) < 1).count();
    assertTrue(low > 44 && low < 84, low + " of 128 are in the lower half");
    assertNotEquals(few.runs(), read(section.formatted(method, 64, "seed: 5,")).runs());
    Set<TrainingPath> paths = new HashSet<>(all(many, run -> run.training().orElseThrow().path()));
    assertEquals(2, paths.size());
  }

  @Test
  void optionsSayTheSameAsTheFile() throws Exception {
    assertEquals(
        read("sweep: {training.learning-rate: {log: [0.1, 100], points: 4}, training.l2: [0, 1],"
                + " seeds: 2}\n")
            .runs(),
        read("", "training.learning-rate=log(0.1,100,4)", "training.l2=0,1", "seeds=2").runs());
    assertEquals(
        read("sweep: {training.l2: [5]}\n").runs(),
        read("sweep: {training.l2: [1, 2]}\n", "training.l2=5").runs());
    assertEquals(
        read("sweep: {zip: {training.l2: [1, 2], training.steps: [3, 4]}}\n").runs(),
        read("", "zip={training.l2: [1, 2], training.steps: [3, 4]}").runs());
  }

  @Test
  void yamlIsReadBackAsTheSameSweep() throws Exception {
    Sweep sweep =
        read(
            "sweep: {method: random, runs: 5, seed: 3, training.learning-rate: {log: [0.1,"
                + " 10]}}\n");
    Path again = folder.resolve("again.yaml");
    Files.writeString(again, sweep.yaml());
    assertEquals(sweep.runs(), SpecReader.sweep(again, List.of(), List.of()).runs());
  }

  @Test
  void rungsEndAtTheStepsOfTheTraining() throws Exception {
    String section =
        "sweep: {method: successive-halving, runs: %d, factor: %d, training.l2: {linear: [0,"
            + " 1]}}\n";
    assertEquals(List.of(4, 11, 33, 100), read(section.formatted(30, 3)).rungs());
    assertEquals(List.of(25, 50, 100), read(section.formatted(4, 2)).rungs());
    assertEquals(List.of(100), read(section.formatted(2, 3)).rungs());
  }

  @Test
  void rungsThatWouldRepeatEachOtherAreRefused() throws Exception {
    assertEquals(List.of(1, 2, 7, 20), halving(20, 80).rungs());
    String refused = refusal(() -> halving(20, 81));
    assertTrue(
        refused.contains(
            "sweep.runs: found 81, allowed: at most 80, because training.steps is 20 and each rung"
                + " needs more steps than the one before"),
        refused);
  }

  private Sweep halving(int steps, int runs) throws Exception {
    return read(
        "sweep: {method: successive-halving, runs: %d, factor: 3, training.l2: {linear: [0, 1]}}\n"
            .formatted(runs),
        List.of("training.steps=" + steps));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | found no key to vary",
        "[1] | allowed: a mapping",
        "{training.l2: []} | a list of at least one value",
        "{training.l2: 5} | sweep.training.l2: found 5, allowed: a list, such as",
        "{training.l2: [0, 0]} | each value once",
        "{training.l2: [1, 1.0]} | each value once",
        "{training.steps: [100, 1e2]} | each value once",
        "{model.init.seed: [9007199254740993, 0x20000000000001]} | each value once",
        "{device: [cpu, gpu]} | sweep.device cannot vary",
        "{training: {l2: [2, 3]}} | keys by their full name in one word, here training.l2",
        "{seeds: {log: [1, 10], points: 3}} | sweep.seeds: found a range, allowed: how many",
        "{method: successive-halving, runs: 100000, training.l2: {linear: [0, 1]}} | has 149,995"
            + " runs",
        "{training.l2: {log: [0.1, 1]}} | points",
        "{training.l2: {log: [0, 1], points: 3}} | above 0",
        "{training.l2: {linear: [1, 0], points: 3}} | above 1.0",
        "{training.l2: {linear: [0, 1], points: 1}} | from 2",
        "{training.l2: {points: 3}} | log or linear",
        "{training.l2: {log: [1, 2], linear: [1, 2], points: 3}} | one of the two",
        "{training.lx: [1]} | training.lx is not a key",
        "{training.l2: [x]} | allowed: a finite number from 0",
        "{name: [a, b]} | name",
        "{expect.loss: [1]} | cannot vary",
        "{device.choice: [1]} | cannot vary",
        "{seeds: 0} | from 1",
        "{seeds: []} | at least one seed",
        "{seeds: [1, 1]} | each seed once",
        "{seeds: 2, model.init.seed: [1, 2]} | one of the two",
        "{runs: 5, training.l2: [1]} | because sweep.method is grid",
        "{method: random, training.l2: {linear: [0, 1]}} | sweep.runs is missing",
        "{method: random, runs: 5} | found no key to vary",
        "{method: random, runs: 5, seeds: 3} | needs a key to vary",
        "{method: random, runs: 5, training.l2: {linear: [0, 1], points: 3}} | because sweep.method"
            + " is random",
        "{method: cma-es, runs: 5, training.l2: [1, 2]} | a range, such as",
        "{method: cma-es, runs: 5, training.steps: {linear: [1, 5]}} | takes whole numbers",
        "{method: bobyqa, runs: 9, training.l2: {linear: [0, 1]}} | at least two keys",
        "{method: bobyqa, runs: 5, training.l2: {linear: [0, 1]}, training.learning-rate: {log: [1,"
            + " 2]}} | runs above 5",
        "{method: bobyqa, runs: 9, seed: 1, training.l2: {linear: [0, 1]}, training.learning-rate:"
            + " {log: [1, 2]}} | because sweep.method is bobyqa",
        "{method: successive-halving, runs: 9, training.steps: [1, 2]} | training.steps cannot"
            + " vary",
        "{method: random, factor: 2, runs: 9, training.l2: {linear: [0, 1]}} | because sweep.method"
            + " is random",
        "{method: cma-es, runs: 1000, seeds: 1000, training.l2: {linear: [0, 1]}} | has 1,000,000"
            + " runs",
        "{method: gird, training.l2: [1]} | did you mean grid?",
        "{zip: {training.l2: [1, 2]}} | at least two keys",
        "{zip: {training.l2: [1, 2], training.steps: [1]}} | lists of one length",
        "{zip: {training.l2: [1], training.steps: [1]}, training.l2: [3]} | each key once",
        "{training.l2: {linear: [0, 1], points: 1000}, training.learning-rate: {linear: [1, 2],"
            + " points: 1000}} | has 1,000,000 runs, allowed: at most 100,000"
      })
  void mistakesAreToldWithWhatIsAllowed(String section, String message) {
    String refused = refusal(() -> read("sweep: " + section + "\n"));
    assertTrue(refused.contains(message), refused);
    assertTrue(refused.contains("x.yaml:6:"), refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.l2 | found no =",
        "=5 | found no key",
        "training.l2= | training.l2",
        "training.l2=log(0,1,5) | above 0",
        "training.l2=log(0.1,1) | points",
        "training.lx=1,2 | training.lx is not a key",
        "'training.l2=[1' | --sweep training.l2=[1"
      })
  void mistakesOfOptionsNameTheOption(String option, String message) {
    String refused = refusal(() -> read("", option));
    assertTrue(refused.contains(message), refused);
    assertTrue(refused.contains("--sweep"), refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{data.order: [0, 17, 2]} | 2",
        "{training.learning-rate: [-1, 5, 0], training.l2: [0, -1]} | 3",
        "{method: hyperband, runs: 5, training.l2: {linear: [0, 1]}} | 1",
        "{training.l2: [1, 1.5], training.steps: [1, 2.5]} | 1"
      })
  void eachMistakeIsToldAndNoneThatFollowsFromAnother(String section, int count) {
    String refused = refusal(() -> read("sweep: " + section + "\n"));
    assertEquals(count, refused.lines().count(), refused);
  }

  @Test
  void optionWithoutAValueIsOneMistake() {
    assertEquals(1, refusal(() -> read("", "training.l2")).lines().count());
  }

  @Test
  void repeatedPointsOfAListAreCounted() throws Exception {
    Sweep sweep = read("sweep: {method: sobol, runs: 5, training.l2: [0, 1]}\n");
    assertEquals("5 Sobol points of training.l2, 3 of them repeated", sweep.text());
    assertEquals(2, sweep.runs().size());
  }

  @Test
  void aKeyInTwoOptionsIsRefused() {
    String refused = refusal(() -> read("", "training.l2=0,1", "training.l2=0,2"));
    assertTrue(refused.contains("training.l2: is in two options"), refused);
  }

  @Test
  void expectationsBesideASweepAreRefusedAndOptionsDropThem() throws Exception {
    String section = "sweep: {training.l2: [0, 1]}\nexpect: {loss: {0: 3.7}}\n";
    String refused = refusal(() -> read(section));
    assertTrue(refused.contains("expect: found numbers beside a sweep"), refused);
    assertEquals(2, read(section, "training.l2=0,1").runs().size());
  }

  @ParameterizedTest
  @CsvSource({"random", "sobol", "halton"})
  void endsOfAWholeRangeAreDrawnAsOftenAsTheOthers(String method) throws Exception {
    assertShares(method, "linear", 1.0 / 3, 1.0 / 3, 1.0 / 3);
    // Each has what is nearest to it on the scale: ln(1.5/0.5), ln(2.5/1.5), ln(3.5/2.5) of ln 7.
    assertShares(method, "log", 0.564575, 0.262514, 0.172911);
  }

  private void assertShares(String method, String spacing, double... shares) throws Exception {
    Sweep sweep =
        read(
            "sweep: {method: %s, runs: 2000, seed: 7, training.l2: {linear: [0, 1]}, training.steps: {%s: [1, 3]}}\n"
                .formatted(method, spacing));
    List<Integer> steps = all(sweep, run -> run.training().orElseThrow().steps());
    for (int number = 1; number <= shares.length; number++) {
      int wanted = number;
      double share = (double) steps.stream().filter(drawn -> drawn == wanted).count() / 2000;
      // Three standard deviations of random draws.
      assertEquals(shares[number - 1], share, 0.035, spacing + " " + number);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sweep: {seeds: [0, 4294967296]}                     | 4294967296 | 0",
        "sweep: {model.init.seed: [-1, 1]}                   | -1 | 4294967295",
        "samples: {seed: 8589934599}                         | 8589934599 | 7",
      })
  void seedsThatDrawTheSameNumbersAreRefused(String section, String found, String same) {
    String message = refusal(() -> read(section + "\n"));
    assertTrue(
        message.contains(
            "seed: found %s, allowed: a whole number from 0 to 4,294,967,295 (torch-cpu takes seeds"
                    .formatted(found)
                + " modulo 2^32: seed %s draws the same numbers)".formatted(same)),
        message);
  }

  @Test
  void otherGeneratorTakesSeedsOf64Bits() throws Exception {
    Sweep sweep = read("sweep: {seeds: [0, 4294967296]}\n", "model.init.generator=torch-cuda");
    assertEquals(2, sweep.runs().size());
  }

  @Test
  void expectationsThatAnOptionTookOutAreNotBesideASweep() throws Exception {
    read("expect: {loss: {0: 3.7}}\n");
    Sweep sweep =
        SpecReader.sweep(
            folder.resolve("x.yaml"),
            List.of("sweep={training.l2: [0, 1]}", "expect=null"),
            List.of());
    assertEquals(2, sweep.runs().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[counts, softmax, mlp]", "[softmax, counts, mlp]"})
  void aChartThatOneKindHasNotIsOneMistake(String kinds) {
    String refused = refusal(() -> read("sweep: {model.kind: " + kinds + "}\ncharts: [loss]\n"));
    assertEquals(1, refused.lines().count(), refused);
    assertTrue(refused.contains("charts[0]: found \"loss\""), refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sweep: {training.l2: [0, 0.1]}           | training.l2=7",
        "sweep: {training.learning-rate: [1, 10]} | training.learning-rate=[{rate: 3}]",
        "sweep: {seeds: [1, 2]}                   | model.init.seed=7",
        "sweep: {model.init.seed: [1, 2]}         | model.init.seed=7",
      })
  void valueOfAKeyThatTheSweepVariesIsRefused(String section, String override) throws Exception {
    read(section + "\n");
    String refused =
        refusal(() -> SpecReader.sweep(folder.resolve("x.yaml"), List.of(override), List.of()));
    assertEquals(
        "--set %s: %s: the sweep varies it and would not use this value, allowed: --sweep %s"
            .formatted(override, override.substring(0, override.indexOf('=')), override),
        refused);
  }

  @Test
  void seedBesideANumberOfSeedsIsTheFirstOfThem() throws Exception {
    read("sweep: {seeds: 2}\n");
    Sweep sweep =
        SpecReader.sweep(folder.resolve("x.yaml"), List.of("model.init.seed=7"), List.of());
    assertEquals(List.of(7L, 8L), all(sweep, SweepTest::seed));
  }
}
