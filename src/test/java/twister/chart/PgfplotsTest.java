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
            picture(view, curve(30, 20, 3, 2.5, 2.4), curve(4, 3)));
    StringBuilder document =
        new StringBuilder("\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n");
    document.append("\\usepackage{pgfplots}\n\\pgfplotsset{compat=1.16}\n\\begin{document}\n");
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
