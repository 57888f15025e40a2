package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

class MeantKeyTest {
  @TempDir private Path folder;

  private List<String> mistakes(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("x.yaml"), text);
    return Assertions.assertThrows(
            InvalidInputException.class, () -> SpecReader.sweep(file, List.of(), List.of()))
        .mistakes()
        .stream()
        .map(Mistake::toString)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sweep: {hidden: [10, 20]}       | sweep.hidden is not a key; did you mean model.hidden?",
        "sweep: {smoothing: [0, 1]}      | sweep.smoothing is not a key; did you mean model.smoo",
        "sweep: {learning_rate: [1, 10]} | did you mean training.learning-rate?",
        "sweep: {lr: [1, 10]}            | did you mean training.learning-rate?",
        "seeds: 5                        | seeds is not a key; did you mean sweep.seeds?",
        "batch_size: 32                  | batch_size is not a key; did you mean training.batch?",
        "training.lr: 5                  | did you mean training.learning-rate?",
      })
  void keyThatIsNoneSaysWhatIsMeant(String line, String said) throws Exception {
    List<String> mistakes = mistakes(ExperimentFile.SOFTMAX + line + "\n");
    assertEquals(1, mistakes.size(), mistakes.toString());
    assertTrue(mistakes.getFirst().contains(said), mistakes.getFirst());
  }

  @Test
  void keyByItsNameInOtherToolsIsOneMistake() throws Exception {
    List<String> mistakes = mistakes(ExperimentFile.SOFTMAX.replace("learning-rate", "lr"));
    assertEquals(1, mistakes.size(), mistakes.toString());
    assertTrue(
        mistakes.getFirst().contains("training.lr is not a key; did you mean training.learning-r"),
        mistakes.getFirst());
  }

  @Test
  void listOfRatesOutsideOfASweepSaysWhereItBelongs() throws Exception {
    List<String> mistakes =
        mistakes(ExperimentFile.SOFTMAX.replace("learning-rate: 50", "learning-rate: [0.1, 1]"));
    assertEquals(1, mistakes.size(), mistakes.toString());
    assertTrue(
        mistakes.getFirst().endsWith("; to try each of them, vary the key below sweep"),
        mistakes.getFirst());
  }

  @Test
  void questionWithAColonAsksForQuotes() throws Exception {
    assertEquals(
        List.of(
            folder.resolve("x.yaml")
                + ":2:16: not valid YAML: found a colon where no key can end; text with \": \" in"
                + " it needs quotes around it"),
        mistakes("name: x\nquestion: Is it: good?\n"));
  }
}
