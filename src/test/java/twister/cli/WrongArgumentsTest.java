package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("processor")
class WrongArgumentsTest extends CommandLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runs x --format cvs | --format: found \"cvs\", did you mean csv? allowed: table, csv,"
            + " spreadsheet, json, markdown, latex",
        "plot x --scale cubic | --scale: found \"cubic\", allowed: linear, sqrt, log",
        "data x --kind txt | --kind: found \"txt\", did you mean text? allowed: words, text",
        "score --order x emma | --order: found \"x\", allowed: a whole number up to 2147483647",
        "sample x --seed 9x | --seed: found \"9x\", allowed: a whole number up to"
            + " 9223372036854775807",
        "sample x --temperature hot | --temperature: found \"hot\", allowed: a number",
        "score --smoothing much x | --smoothing: found \"much\", allowed: a number",
        "run | FILE is missing",
        "run --set | --set needs a value, KEY=VALUE",
        "score --explan x | there is no option --explan, did you mean --explain?",
        "run --foo=3 x | there is no option --foo",
        "runs a b | \"b\" is one argument too many",
      })
  void areToldInOurWordsWithWhatIsAllowed(String line, String message) {
    Answer answer = twister((Object[]) line.split(" "));
    assertEquals(2, answer.code());
    assertEquals(
        "twister: %s\nTry: twister %s --help\n".formatted(message, line.split(" ", -1)[0]),
        answer.err());
  }

  @ParameterizedTest
  @CsvSource({"rnus, runs", "validat, validate"})
  void commandThatIsMeantIsNamed(String typed, String meant) {
    String err = twister(typed).err();
    assertEquals(
        "twister: %s is not a command, did you mean %s? there are: init, run"
            .formatted(typed, meant),
        err.substring(0, err.indexOf(", plan")));
  }
}
