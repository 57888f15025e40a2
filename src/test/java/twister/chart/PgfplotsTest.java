package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.spec.ChartSize;
import twister.spec.LossUnit;

class PgfplotsTest {
  private static final Figure.Format PGFPLOTS = Figure.Format.PGFPLOTS;
  private static final ChartSize SIZE = ChartSize.centimetres(8.5, 6, 9);

  @TempDir Path folder;

  private static Curve curve(double... values) {
    double[] steps = new double[values.length];
    for (int step = 0; step < steps.length; step++) {
      steps[step] = step + 1;
    }
    return new Curve(steps, values);
  }

  private static Recording picture(LossView view, Curve... curves) {
    List<LossPicture.Line> lines = new ArrayList<>();
    for (Curve curve : curves) {
      String name = "l2_%d & 50 %%".formatted(lines.size());
      lines.add(new LossPicture.Line(name, view.shown(curve), CurveStyle.SERIES.get(lines.size())));
    }
    return new LossPicture(
            lines, List.of(new LossPicture.Reference("uniform, ln 27", Math.log(27))), view, SIZE)
        .recording();
  }

  private static Recording panels(ChartSize size) throws Exception {
    List<LossPicture.Line> lines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lines.add(new LossPicture.Line("run", curve(3, 2.5 - 0.1 * i), CurveStyle.SERIES.get(i)));
    }
    List<LegendRow.Entry> legend =
        lines.stream()
            .map(line -> new LegendRow.Entry("50 %", line.look().colour(), line.look().stroke()))
            .toList();
    FigureStyle style = new FigureStyle(size, true, Optional.empty(), Optional.empty());
    return new Panels(
            List.of("batch size 1 & 2", "b", "c", "d", "e"),
            new Panels.Common(legend, Optional.empty(), new Description("Losses", List.of())),
            (panel, frame) ->
                new LossPicture(
                        List.of(lines.get(panel)), lines, List.of(), LossView.DEFAULT, frame)
                    .recording())
        .figure("--panel", style)
        .recording();
  }

  private static Pgfplots plot(Recording picture) {
    return new Pgfplots(picture, picture.data().orElseThrow());
  }

  @Test
  void theDataHaveAPairOfColumnsForEachLine() {
    Recording picture = picture(LossView.DEFAULT, curve(3, 2.5), curve(4, Double.NaN, 2));
    List<String> rows = plot(picture).csv().lines().toList();

    assertEquals("x1,y1,x2,y2,x3,y3", rows.get(0));
    assertTrue(rows.get(1).startsWith("1.0,3.0,1.0,4.0,"), rows.get(1));
    assertTrue(rows.get(2).startsWith("2.0,2.5,2.0,nan,"), rows.get(2));
    assertEquals("nan,nan,3.0,2.0,nan,nan", rows.get(3));
  }

  @Test
  void thePictureHasItsSizeItsTextAndItsLines() {
    Recording picture = picture(LossView.DEFAULT, curve(3, 2.5), curve(4, 2));
    String tex = plot(picture).tex("loss.csv", Optional.of("100 %"));

    for (String part :
        List.of(
            "width=8.5cm,",
            "height=6cm,",
            "title={100 \\%},",
            "ylabel={loss (nats per character)},",
            "\\addlegendentry{l2\\_0 \\& 50 \\%}",
            "table[x=x2,y=y2,col sep=comma]{loss.csv};",
            "{uniform, ln 27 = 3.30};")) {
      assertTrue(tex.contains(part), () -> part + " in " + tex);
    }
  }

  @Test
  void panelsAreAGroupOfPlotsWithNumbersAtItsEdges() throws Exception {
    Recording picture = panels(SIZE);
    String tex = plot(picture).tex("loss.csv", Optional.empty());

    for (String part :
        List.of(
            "group size=2 by 3,",
            "scale only axis,",
            "title={batch size 1 \\& 2},",
            "table[x=x5,y=y5,col sep=comma]{loss.csv};",
            "{loss (nats per character)};")) {
      assertTrue(tex.contains(part), () -> part + " in " + tex);
    }
    assertEquals(3, tex.split("xticklabels=\\{}", -1).length - 1, tex);
    assertEquals(2, tex.split("yticklabels=\\{}", -1).length - 1, tex);
    assertEquals("x1,y1,x2,y2,x3,y3,x4,y4,x5,y5", plot(picture).csv().lines().findFirst().get());
  }

  /// Runs LaTeX over all kinds of plots, where it is installed.
  @Test
  void latexSetsThePlots() throws Exception {
    assumeTrue(hasLatex(), "pdflatex is not installed: the plots were not compiled");
    LossView.Spread logarithmic = LossView.Spread.LOGARITHMIC;
    LossView view =
        new LossView(
            LossView.Steps.ALL,
            1,
            LossView.Losses.DECIDING,
            LossUnit.BITS,
            logarithmic,
            logarithmic);
    List<Recording> pictures =
        List.of(
            picture(LossView.DEFAULT, curve(3, 2.5, 2.4)),
            picture(LossView.DEFAULT, curve(3, 1e38, 2.4), curve(4, Double.NaN, 3)),
            picture(LossView.DEFAULT, curve(3)),
            picture(view, curve(30, 20, 3, 2.5, 2.4), curve(4, 3)),
            panels(SIZE));
    StringBuilder document =
        new StringBuilder(
            """
            \\documentclass{article}
            \\usepackage[utf8]{inputenc}
            \\usepackage{pgfplots}
            \\pgfplotsset{compat=1.16}
            \\usepgfplotslibrary{groupplots}
            \\begin{document}
            """);
    for (Recording picture : pictures) {
      String name = "plot" + pictures.indexOf(picture);
      new Figure(picture, Optional.of("A plot")).write(folder.resolve(name + ".tex"), PGFPLOTS);
      document.append("\\input{").append(name).append(".tex}\n\n");
    }
    Files.writeString(folder.resolve("doc.tex"), document.append("\\end{document}\n"));
    Process latex =
        new ProcessBuilder("pdflatex", "-interaction=batchmode", "-halt-on-error", "doc.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();

    assertEquals(0, latex.waitFor(), this::log);
    try (PDDocument read = Loader.loadPDF(folder.resolve("doc.pdf").toFile())) {
      String text = new PDFTextStripper().getText(read);
      assertTrue(text.contains("uniform, ln 27 = 3.30"), text);
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("doc.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean hasLatex() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "pdflatex")));
  }
}
