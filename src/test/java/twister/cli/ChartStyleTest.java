package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How charts look makes no other run: they are drawn anew.
class ChartStyleTest extends CommandLineTest {
  private static final String CHARTS = "charts={kinds: [loss, bigrams], style: %s}";

  private Path run(String style, String... options) {
    Object[] all = new Object[4 + options.length];
    all[0] = "-q";
    all[1] = small;
    all[2] = "--set";
    all[3] = CHARTS.formatted(style);
    System.arraycopy(options, 0, all, 4, options.length);
    return runFolder(super.run(all));
  }

  private static String svg(Path folder, String chart) throws IOException {
    return Files.readString(folder.resolve("charts").resolve(chart + ".svg"));
  }

  @Test
  void anotherStyleIsDrawnAnewWithoutATraining() throws IOException {
    Path run = run("{width: 8.5cm, unit: bits, scale: log}");
    assertTrue(svg(run, "loss").contains("width=\"8.5cm\""));
    assertTrue(svg(run, "loss").contains("loss (bits per character)"));
    assertTrue(svg(run, "bigrams").contains("width=\"8.5cm\""));
    assertTrue(svg(run, "bigrams").contains("by the logarithm of the"));
    String weights = Files.readString(run.resolve("weights.csv"));
    var trained = Files.getLastModifiedTime(run.resolve("weights.csv"));

    assertEquals(run, run("{width: 12cm, unit: perplexity, scale: linear}"));
    assertTrue(svg(run, "loss").contains("width=\"12cm\""));
    assertTrue(svg(run, "loss").contains("perplexity (per character)"));
    assertFalse(svg(run, "bigrams").contains("by the logarithm of the"));
    assertEquals(weights, Files.readString(run.resolve("weights.csv")));
    assertEquals(trained, Files.getLastModifiedTime(run.resolve("weights.csv")));
    assertTrue(Files.readString(run.resolve("spec.yaml")).contains("width: 12cm"));
    assertTrue(twister("doctor", "small", "--results", results).out().contains("all is well"));
  }

  @Test
  void theSameStyleIsNotDrawnAgain() throws IOException {
    Path run = run("{width: 8.5cm}");
    Path chart = run.resolve("charts").resolve("loss.svg");
    var drawn = Files.getLastModifiedTime(chart);
    run("{width: 8.5cm}");
    assertEquals(drawn, Files.getLastModifiedTime(chart));
  }

  @Test
  void aStyleIsDrawnWhenChartsAreWantedAgain() throws IOException {
    Path run = run("{width: 8.5cm}");
    run("{width: 12cm}", "--no-charts", "--set", "samples={count: 3}");
    assertTrue(svg(run, "loss").contains("width=\"8.5cm\""));
    run("{width: 12cm}", "--set", "samples={count: 3}");
    assertTrue(svg(run, "loss").contains("width=\"12cm\""));
  }

  @Test
  void chartsOfASweepHaveIt() throws IOException {
    Object[] sweep = {"--sweep", "training.learning-rate=0.5,1", "--sweep", "training.l2=0,1"};
    for (String width : new String[] {"8.5cm", "12cm"}) {
      Object[] all = new Object[sweep.length + 3];
      all[0] = small;
      all[1] = "--set";
      all[2] = CHARTS.formatted("{font: dejavu serif, width: " + width + "}");
      System.arraycopy(sweep, 0, all, 3, sweep.length);
      Answer answer = super.run(all);
      assertEquals(0, answer.code(), answer.err());
      Path folder = results.resolve("small");
      for (String chart : new String[] {"sweep-losses", "sweep-heatmap", "loss-by-training-l2"}) {
        assertTrue(svg(folder, chart).contains("width=\"%s\"".formatted(width)), chart);
        assertTrue(svg(folder, chart).contains("DejaVu Serif"), chart);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{log-x: true, log-y: true}", "{smooth: 500}"})
  void aRunOfOneStepHasCharts(String style) throws IOException {
    Path run = run(style, "--set", "training.steps=1");
    assertTrue(Files.exists(run.resolve("charts").resolve("loss.png")));
  }

  @Test
  void aFontThatThisMachineLacksIsRefusedBeforeTheTraining() {
    String set = CHARTS.formatted("{font: Sanss}");
    for (String command : new String[] {"run", "validate"}) {
      Answer answer =
          command.equals("run")
              ? super.run(small, "--set", set)
              : twister("validate", small, "--set", set);
      assertEquals(2, answer.code());
      assertTrue(
          answer.err().contains("charts.style.font: found \"Sanss\", but this machine has no such"),
          answer.err());
    }
    assertFalse(Files.exists(results.resolve("small")));
  }
}
