package twister;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    Ranking ranking = JavaGuide.sweep(Path.of("experiments/bigram.yaml"), results);

    assertEquals(6, ranking.runs().rows().size());
    assertEquals(3, ranking.standings().size());
    assertEquals("50.0", ranking.best().orElseThrow().text("training.learning-rate"));
    assertTrue(Files.isRegularFile(results.resolve("bigram").resolve("runs.csv")));
  }
}
