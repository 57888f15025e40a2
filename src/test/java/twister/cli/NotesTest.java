package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;

/// `twister tag` and `twister note`, and where their words are found again.
@Tag("processor")
class NotesTest extends CommandLineTest {
  private final List<Path> runs = new ArrayList<>();

  @BeforeEach
  void train() {
    Answer swept = run(small, "--quiet", "--sweep", "training.l2=0,0.1,0.2");
    assertEquals(0, swept.code(), swept.err());
    String ids =
        twister(
                "runs",
                "small",
                "--results",
                results,
                "--columns",
                "run",
                "--sort",
                "l2",
                "--format",
                "csv")
            .out();
    ids.lines().skip(1).forEach(id -> runs.add(results.resolve("small").resolve(id)));
    assertEquals(3, runs.size());
  }

  private Answer on(Path run, String command, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(command, run.getFileName()));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--results", results));
    return twister(all.toArray());
  }

  private String found(String condition) {
    Answer answer =
        twister(
            "runs",
            "small",
            "--results",
            results,
            "--where",
            condition,
            "--columns",
            "l2",
            "--format",
            "csv",
            "--sort",
            "l2");
    assertEquals(0, answer.code(), answer.err());
    return String.join(" ", answer.out().lines().skip(1).toList());
  }

  @Test
  void tagsAreGivenAndTakenAway() {
    assertEquals(runs.getFirst() + ": a b\n", on(runs.getFirst(), "tag", "b", "a", "b").out());
    assertEquals(runs.getFirst() + ": a b c\n", on(runs.getFirst(), "tag", "c").out());
    assertEquals(
        runs.getFirst() + ": b\n", on(runs.getFirst(), "tag", "a", "c", "x", "--remove").out());
    assertEquals(runs.getFirst() + ": b\n", on(runs.getFirst(), "tag").out());
    assertEquals(
        runs.getFirst() + ": no tags\n", on(runs.getFirst(), "tag", "b", "--remove").out());
    assertFalse(Files.exists(runs.getFirst().resolve("notes.yaml")), "nothing is said any more");
  }

  @Test
  void noteIsReplacedAndTakenAway() {
    String text = "it's: \"odd\" # - [x] {y} 日本 \\ ' tab";
    assertEquals(runs.getFirst() + ": " + text + "\n", on(runs.getFirst(), "note", text).out());
    assertEquals(runs.getFirst() + ": " + text + "\n", on(runs.getFirst(), "note").out());
    assertEquals(runs.getFirst() + ": other\n", on(runs.getFirst(), "note", "other").out());
    assertEquals(runs.getFirst() + ": no note\n", on(runs.getFirst(), "note", "--remove").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tag = paper                     | 0.0 0.1",
        "tag = PAPER                     | ''",
        "tag != paper                    | 0.2",
        "tag = best                      | 0.0",
        "tag = best and tag = paper      | 0.0",
        "tag ~ pap                       | 0.0 0.1",
        "not tag ~ a                     | 0.2",
        "note ~ 'TOO high'               | 0.1",
        "note = 'rate too high?'         | 0.1",
        "note != x                       | 0.0 0.1 0.2",
        "status ~ fin and l2 > 0         | 0.1 0.2"
      })
  void conditionsFindThem(String condition, String expected) {
    on(runs.getFirst(), "tag", "best", "paper");
    on(runs.get(1), "tag", "paper");
    on(runs.get(1), "note", "rate too high?");
    assertEquals(expected, found(condition));
  }

  @Test
  void numbersContainNoText() {
    Answer answer = twister("runs", "small", "--results", results, "--where", "l2 ~ 0");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("l2 holds numbers, and ~ looks into text"), answer.err());
  }

  @Test
  void tableHasTagsOnlyWhereThereAreAny() {
    String before = twister("runs", "small", "--results", results).out();
    assertFalse(before.contains("tag"), before);
    on(runs.get(1), "tag", "a", "b");
    on(runs.get(1), "note", "mine");
    String after = twister("runs", "small", "--results", results).out();
    assertTrue(after.contains("  tag "), after);
    assertTrue(after.contains("  a b "), after);
    assertFalse(after.contains("mine"), after);
    String notes =
        twister(
                "runs",
                "small",
                "--results",
                results,
                "--columns",
                "l2,note,tag",
                "--format",
                "csv")
            .out();
    assertTrue(notes.contains("0.1,mine,a b\n"), notes);
  }

  @Test
  void runsOfAConditionAreTaggedTogether() {
    Answer answer = twister("tag", "small", "low", "--where", "l2 < 0.15", "--results", results);
    assertEquals(0, answer.code(), answer.err());
    assertEquals("0.0 0.1", found("tag = low"));
    Answer none = twister("tag", "small", "x", "--where", "l2 > 5", "--results", results);
    assertEquals(2, none.code());
    assertTrue(none.err().contains("meets the condition"), none.err());
  }

  @Test
  void theyStayWhenARunIsTrainedAgainAndGoWithItsFolder() throws IOException {
    on(runs.getFirst(), "tag", "kept");
    on(runs.getFirst(), "note", "kept, too");
    byte[] table = Files.readAllBytes(results.resolve("small/runs.csv"));
    Answer again = run(small, "--quiet", "--again", "--sweep", "training.l2=0,0.1,0.2");
    assertEquals(0, again.code(), again.err());
    assertEquals("0.0", found("tag = kept and note ~ kept"));
    Answer alone = run(runs.getFirst().resolve("spec.yaml"), "--quiet", "--again");
    assertEquals(0, alone.code(), alone.err());
    assertEquals("0.0", found("tag = kept and note ~ kept"));
    Answer samples = run(small, "--quiet", "--set", "samples.count=3", "--set", "training.l2=0");
    assertEquals(0, samples.code(), samples.err());
    assertEquals("0.0", found("tag = kept and note ~ kept"));
    Answer doctor = twister("doctor", "small", "--results", results);
    assertEquals(results.resolve("small") + ": all is well\n", doctor.out());
    assertEquals(
        new String(table, StandardCharsets.UTF_8).lines().count(),
        Files.readString(results.resolve("small/runs.csv")).lines().count());
    deleteAll(runs.getFirst());
    run(small, "--quiet", "--sweep", "training.l2=0,0.1,0.2");
    assertEquals("", found("tag = kept"));
  }

  @Test
  void nothingIsLostWhenManyWriteAtOnce() throws Exception {
    RunFolder run = new RunFolder(runs.getFirst());
    List<Callable<RunNotes>> changes =
        IntStream.range(0, 40)
            .<Callable<RunNotes>>mapToObj(
                i ->
                    () ->
                        RunNotes.change(
                            run,
                            notes -> {
                              List<String> more = new ArrayList<>(notes.tags());
                              more.add("tag" + i);
                              return notes.withTags(more);
                            }))
            .toList();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (Future<RunNotes> done : pool.invokeAll(changes)) {
        done.get();
      }
    }
    assertEquals(40, RunNotes.read(run).tags().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a,b", "-x", "a\nb", "\u001b[31m", "a\u0000", "\u202ex"})
  void whatIsNoTagIsRefused(String tag) {
    Answer answer = on(runs.getFirst(), "tag", "--", tag);
    assertEquals(2, answer.code(), answer.out());
    assertFalse(answer.err().contains("\u001b"), answer.err());
    assertFalse(Files.exists(runs.getFirst().resolve("notes.yaml")));
  }

  @Test
  void hostileNotesAreRefused() {
    for (String text : List.of("", " ", "a\nb", "\u001b[2J", "x".repeat(1_000_000), "a\u2028b")) {
      Answer answer = on(runs.getFirst(), "note", text);
      assertEquals(2, answer.code(), answer.out());
      assertTrue(answer.err().length() < 300, answer.err());
      assertFalse(answer.err().contains("\u001b"), answer.err());
    }
    assertFalse(Files.exists(runs.getFirst().resolve("notes.yaml")));
  }

  @Test
  void damagedNotesAreNamedByTheDoctorAndKept() throws IOException {
    Path file = Files.writeString(runs.getFirst().resolve("notes.yaml"), "tags: [\"a b\"]\n");
    assertEquals("", found("tag ~ a"));
    Answer tag = on(runs.getFirst(), "tag", "x");
    assertEquals(1, tag.code());
    assertTrue(tag.err().contains("notes.yaml"), tag.err());
    assertEquals("tags: [\"a b\"]\n", Files.readString(file));
    Answer doctor = twister("doctor", "small", "--results", results);
    assertEquals(1, doctor.code(), doctor.out());
    assertTrue(
        doctor.out().contains("notes.yaml: cannot be read as tags and a note"), doctor.out());
  }

  @Test
  void unknownRunIsRefused() {
    Answer answer = twister("note", "zzz", "text", "--results", results);
    assertEquals(2, answer.code());
    assertTrue(answer.err().startsWith("RUN zzz: there is no such run"), answer.err());
  }

  @Test
  void whatIsWrittenByHandStays() throws IOException {
    Path notes = runs.getFirst().resolve("notes.yaml");
    Files.writeString(notes, "# mine\ntags:\n- a\nauthor: ann\ntodo:\nnote: good\n");
    assertEquals(runs.getFirst() + ": a b\n", on(runs.getFirst(), "tag", "b").out());
    String text = Files.readString(notes);
    assertTrue(text.endsWith("# mine\nauthor: ann\ntodo:\n"), text);
    assertEquals(0, on(runs.getFirst(), "note", "--remove").code());
    assertEquals(0, on(runs.getFirst(), "tag", "a", "b", "--remove").code());
    assertEquals("# mine\nauthor: ann\ntodo:\n", Files.readString(notes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tags: baseline\n",
        "author: ann\ntags: [a] # by ann\n",
        "{tags: [a], author: ann}\n",
        "note: [a, b]\n"
      })
  void whatCannotBeKeptIsRefusedByLine(String text) throws IOException {
    Path notes = Files.writeString(runs.getFirst().resolve("notes.yaml"), text);
    Answer answer = on(runs.getFirst(), "tag", "b");
    assertEquals(1, answer.code(), answer.out());
    assertTrue(answer.err().contains("notes.yaml:"), answer.err());
    assertEquals(text, Files.readString(notes));
  }

  @Test
  void experimentNeedsACondition() {
    Answer answer = twister("tag", "small", "a", "--results", results);
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("--where"), answer.err());
  }
}
