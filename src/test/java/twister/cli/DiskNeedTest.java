package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.experiment.Experiment;
import twister.experiment.ResultsFolder;

@Tag("processor")
class DiskNeedTest extends CommandLineTest {
  private static final String SPLIT = "data.split={train: 0.8, dev: 0.1, test: 0.1}";

  private static long written(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /// Options are apart by `;`, those of the sweep begin with `*`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "charts=[]                                              | a softmax model",
        "charts=[];training.steps=20000;training.l2=0.01        | its losses",
        "charts=[];samples={count: 50, every: 2}                | many names",
        "charts=[];data.order=3;training.steps=20               | trigrams",
        "charts=[loss];training.steps=3000                      | a curve",
        "charts=null                                            | all charts",
        "charts={style: {width: 8.5cm}}                         | charts for a column",
        "charts={style: {width: 30cm, font-size: 12}}           | large charts",
        "charts={style: {width: 12000px}}                       | charts of many pixels",
        "charts=[];model={kind: counts};training=null           | counts",
        "charts=[];model={kind: mlp, hidden: 40};training.path=null;training.batch=32;"
            + SPLIT
            + " | a perceptron",
        "charts=[];model={kind: counts};training=null;*model.smoothing=linear(0,9,10) | a sweep of"
            + " counts",
        "charts=null;*training.learning-rate=1,10,50,100        | a sweep with charts",
        "*training.learning-rate=log(1,100,10);*training.l2=0,0.01,0.1,1 | one of two keys",
        "charts={style: {width: 30cm, font-size: 12}};*training.learning-rate=1,10,50,100"
            + " | a sweep with large charts",
        "charts=[];training.steps=3000;*training.l2=linear(0,1,101);"
            + SPLIT
            + " | one that keeps few files",
      })
  void promiseIsKeptWithinATenth(String options, String what) throws Exception {
    List<String> overrides = new ArrayList<>(List.of("name=disk", "expect=null"));
    List<String> sweeps = new ArrayList<>();
    for (String option : List.of(options.strip().split(";", -1))) {
      if (option.startsWith("*")) {
        sweeps.add(option.substring(1));
      } else {
        overrides.add(option);
      }
    }
    Path file = Path.of("experiments", "bigram.yaml");
    List<Object> command = new ArrayList<>(List.of("-q", file, "--device", "cpu"));
    overrides.forEach(option -> command.addAll(List.of("--set", option)));
    sweeps.forEach(option -> command.addAll(List.of("--sweep", option)));
    long promised = ResultsFolder.plan(Experiment.read(file, overrides, sweeps)).bytes();
    if (options.contains("charts=[]")) {
      command.add("--no-charts");
      promised = ResultsFolder.tables(Experiment.read(file, overrides, sweeps));
    }
    Answer answer = run(command.toArray());
    assertEquals(0, answer.code(), answer.err());
    long written = written(results.resolve("disk"));
    assertEquals((double) written, (double) promised, written / 10.0, what);
  }
}
