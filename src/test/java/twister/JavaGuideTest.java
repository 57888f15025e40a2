package twister;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.ranking.Ranking;

class JavaGuideTest {
  @Test
  void exampleOfTheGuideIsTheOneThatRuns() throws Exception {
    String source = Files.readString(Path.of("src/test/java/twister/JavaGuide.java"));
    String example =
        source
            .substring(source.indexOf("  // begin\n") + 11, source.indexOf("  // end\n"))
            .indent(-2);
    assertTrue(example.lines().count() > 15, example);
    assertTrue(Files.readString(Path.of("docs/java.md")).contains("```java\n" + example + "```"));
  }

  @Test
  void exampleTrainsASweepAndRanksIt(@TempDir Path results) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    Ranking ranking;
    try {
      ranking = JavaGuide.sweep(Path.of("experiments/bigram.yaml"), results);
    } finally {
      System.setOut(out);
    }

    String progress = said.toString(StandardCharsets.UTF_8);
    assertTrue(progress.contains(" of 6 runs, lowest loss "), progress);
    assertEquals(6, ranking.runs().rows().size());
    assertEquals(3, ranking.standings().size());
    assertEquals("50.0", ranking.best().orElseThrow().text("training.learning-rate"));
    assertTrue(Files.isRegularFile(results.resolve("bigram").resolve("runs.csv")));
  }
}
