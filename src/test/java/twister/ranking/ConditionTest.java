package twister.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.tracking.RunsOfTests;
import twister.tracking.RunsTable;
import twister.tracking.RunsTable.Row;
import twister.yaml.InvalidInputException;

class ConditionTest {
  private static final RunsTable TABLE =
      RunsOfTests.table(
          "run,status,started,model.init.seed,samples.seed,training.learning-rate,training.l2,steps,loss",
          "a1,finished,2026-11-22,1,7,50.0,0.0,100,2.5",
          "b2,finished,2026-11-23,2,7,10.0,0.1,100,2.25",
          "c3,diverged,2026-11-23,3,7,5000.0,1.0E-4,12,NaN",
          "d4,failed,2026-11-24,4,8,until 10 rate 5.0; rate 1.0,,0,",
          "5e6,running,2026-11-25,5,8,it's \"so\" (x),-0.0,,");

  private static String runs(String condition) throws InvalidInputException {
    Condition parsed = Condition.of(condition, TABLE);
    return TABLE.where(parsed::holds).rows().stream()
        .map(row -> row.text("run"))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "l2 < 0.1                                  | a1 c3 5e6",
        "training.l2<=1e-1                         | a1 b2 c3 5e6",
        "l2 = 0                                    | a1 5e6",
        "l2 != 0                                   | b2 c3 d4",
        "loss > 0                                  | a1 b2",
        "loss != 2.5                               | b2 c3 d4 5e6",
        "not loss >= 0                             | c3 d4 5e6",
        "loss > -Infinity or steps = 12            | a1 b2 c3",
        "seed > 3                                  | d4 5e6",
        "samples.seed = 7 and seed != 2            | a1 c3",
        "status = finished or status = running and l2 > 0 | a1 b2",
        "(status=finished OR status=running) AND NOT l2>0 | a1 5e6",
        "not (not status = diverged)               | c3",
        "started >= 2026-11-24                     | d4 5e6",
        "started < '2026-11-23'                    | a1",
        "learning-rate = 50                        | a1",
        "learning-rate > 10                        | a1 c3",
        "learning-rate = 'until 10 rate 5.0; rate 1.0' | d4",
        "learning-rate = 'it''s \"so\" (x)'        | 5e6",
        "learning-rate = \"it's \"\"so\"\" (x)\"   | 5e6",
        "run = '5e6'                               | 5e6",
        "run = '5000000'                           | ``",
        "run > c                                   | c3 d4",
        "'run' = a1                                | a1",
      })
  void runsAreFound(String condition, String expected) throws InvalidInputException {
    assertEquals(expected, runs(condition));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "lss < 1|0|there is no column 'lss', did you mean loss? (columns: run, status, started,"
            + " seed,",
        "l2 < 0.1 and|12|expected a column, found the end",
        "l2 < 0.1 nd steps = 3|9|expected 'and', 'or' or the end, found 'nd'",
        "l2 == 0.1|3|expected one of = != < <= > >= ~, found '=='",
        "l2 <> 0.1|3|expected one of",
        "l2 && loss|3|expected one of",
        "l2|2|expected one of = != < <= > >= ~, found the end",
        "l2 <|4|expected a number or a word, found the end",
        "l2 < )|5|expected a number or a word, found ')'",
        "l2 < small|5|training.l2 holds numbers, found 'small'",
        "(l2 < 1 or (loss > 2)|0|this parenthesis is never closed",
        "(l2 < 1 x|8|expected 'and', 'or' or ')', found 'x'",
        "l2 < 1)|6|expected 'and', 'or' or the end, found ')'",
        "run = 'a1|6|this quote is never closed",
        "run = 'a1'''|6|``",
        "loss = NaN|7|NaN is not equal to anything; ask for the status instead",
        "status = finishd|9|there is no status 'finishd', did you mean finished?",
        "rate = 1|0|there is no column 'rate'",
        "日本 = 1|0|there is no column '日本'",
        "run = 日本 x|11|expected 'and'",
        "|0|expected a column, found the end",
      })
  void mistakeIsMarkedAtItsPlace(String condition, int place, String expected)
      throws InvalidInputException {
    if (expected.isEmpty()) {
      assertEquals("", runs(condition));
      return;
    }
    InvalidInputException problem =
        assertThrows(InvalidInputException.class, () -> runs(condition == null ? "" : condition));
    List<String> lines = String.valueOf(problem.getMessage()).lines().toList();
    assertTrue(lines.get(0).startsWith("--where: " + expected), lines.get(0));
    assertEquals(
        ("  " + (condition == null ? "" : condition)).stripTrailing(),
        lines.get(1).stripTrailing());
    assertEquals(" ".repeat(place + 2) + "^", lines.get(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run = 4875447e1563                   | 4875447e1563",
        "run != 4875447e1563                  | 9e999 767090630e56",
        "run = 9e998                          | ''",
        "run < 5                              | 4875447e1563",
        "run = 767090630e56                   | 767090630e56",
        "seed = 4611686018427387904           | 4875447e1563",
        "seed = 4611686018427387905           | 9e999",
        "seed > 4611686018427387904           | 9e999",
        "seed <= 4611686018427387905          | 4875447e1563 9e999 767090630e56",
        "seed < 4.7e18 and not seed < -1      | 4875447e1563 9e999",
        "seed = -9223372036854775808          | 767090630e56",
      })
  void textIsTextAndWholeNumbersAreExact(String condition, String expected)
      throws InvalidInputException {
    RunsTable table =
        RunsOfTests.table(
            "run,status,model.init.seed,steps,loss",
            "4875447e1563,finished,4611686018427387904,1,2.5",
            "9e999,finished,4611686018427387905,1,2.5",
            "767090630e56,finished,-9223372036854775808,1,2.5");
    Condition parsed = Condition.of(condition, table);
    assertEquals(
        expected,
        table.where(parsed::holds).rows().stream()
            .map(row -> row.text("run"))
            .collect(Collectors.joining(" ")));
  }

  @Test
  void ambiguousEndNamesWhatItMayBe() {
    RunsTable table = RunsOfTests.table("run,status,a.x.rate,b.x.rate,steps,loss");
    String message =
        String.valueOf(
            assertThrows(InvalidInputException.class, () -> Condition.of("rate = 1", table))
                .getMessage());
    assertTrue(message.contains("'rate' may be a.x.rate or b.x.rate"), message);
  }

  @Test
  void depthHasALimitAndLengthHasNone() throws InvalidInputException {
    assertEquals("a1", runs("(".repeat(200) + "run = a1" + ")".repeat(200)));
    assertThrows(InvalidInputException.class, () -> runs("(".repeat(100_000)));
    assertThrows(InvalidInputException.class, () -> runs("not ".repeat(100_000)));
    assertEquals("a1", runs("run = a1" + " or run = a1 and run = a1".repeat(20_000)));
  }

  /// A condition as text beside what it means, put together from random parts.
  private record Meant(String text, Predicate<Row> meaning) {}

  @Test
  void randomConditionsMeanWhatTheirPartsMean() throws InvalidInputException {
    Random random = new Random(20261123);
    int satisfied = 0;
    for (int i = 0; i < 2000; i++) {
      Meant condition = random(random, 4);
      Condition parsed = Condition.of(condition.text, TABLE);
      for (Row row : TABLE.rows()) {
        assertEquals(condition.meaning.test(row), parsed.holds(row), condition.text);
        satisfied += parsed.holds(row) ? 1 : 0;
      }
    }
    assertTrue(satisfied > 2000 && satisfied < 8000, "too one-sided: " + satisfied);
  }

  private static Meant random(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    if (kind == 0) {
      return comparison(random);
    }
    Meant left = random(random, depth - 1);
    if (kind == 1) {
      return new Meant("not " + "(" + left.text + ")", row -> !left.meaning.test(row));
    }
    Meant right = random(random, depth - 1);
    return kind == 2
        ? new Meant(
            "(%s)and(%s)".formatted(left.text, right.text),
            row -> left.meaning.test(row) && right.meaning.test(row))
        : new Meant(
            "(%s) Or\t( %s )".formatted(left.text, right.text),
            row -> left.meaning.test(row) || right.meaning.test(row));
  }

  private static Meant comparison(Random random) {
    List<String> columns = List.of("training.l2", "steps", "loss");
    List<String> relations = List.of("=", "!=", "<", "<=", ">", ">=");
    List<Double> values = List.of(0.0, 0.1, 1e-4, 100.0, 12.0, 2.5, 2.25, -1.0);
    String column = columns.get(random.nextInt(columns.size()));
    String relation = relations.get(random.nextInt(relations.size()));
    double value = values.get(random.nextInt(values.size()));
    String space = " ".repeat(random.nextInt(2));
    Predicate<Row> meaning =
        row -> {
          String cell = row.text(column);
          if (cell.isEmpty() || cell.equals("NaN")) {
            return relation.equals("!=");
          }
          double found = Double.parseDouble(cell);
          return switch (relation) {
            case "=" -> found == value;
            case "!=" -> found != value;
            case "<" -> found < value;
            case "<=" -> found <= value;
            case ">" -> found > value;
            default -> found >= value;
          };
        };
    return new Meant(column + space + relation + space + value, meaning);
  }

  @Test
  void randomGarbageIsRefusedOrRead() {
    Random random = new Random(7);
    List<String> parts =
        List.of(
            "l2", "loss", "and", "or", "not", "(", ")", "<", "=", "!=", "0.1", "'", "\"", "\0", "é",
            " ");
    for (int i = 0; i < 20_000; i++) {
      String text =
          IntStream.range(0, random.nextInt(12))
              .mapToObj(
                  _ -> parts.get(random.nextInt(parts.size())) + (random.nextBoolean() ? " " : ""))
              .collect(Collectors.joining());
      try {
        Condition condition = Condition.of(text, TABLE);
        TABLE.rows().forEach(condition::holds);
      } catch (InvalidInputException e) {
        assertTrue(String.valueOf(e.getMessage()).endsWith("^"), text);
      }
    }
  }
}
