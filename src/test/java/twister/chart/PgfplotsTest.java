package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.spec.ChartSize;
import twister.spec.LossUnit;
import twister.text.LatexDocument;
import twister.tracking.BigramTable;
import twister.tracking.BigramTables;
import twister.tracking.ProfileTable;

@Tag("processor")
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

  private static Recording bigrams(List<String> symbols, ChartSize size) {
    BigramTable table = BigramTables.random(symbols, 3);
    return new HeatmapPicture(Heatmap.modelMinusCounts(table), size).recording();
  }

  private static List<String> letters(int count) {
    return IntStream.range(0, count).mapToObj(i -> Character.toString(33 + i % 94)).toList();
  }

  private Recording grid() throws Exception {
    SweepTable table =
        new SweepFolder(folder)
            .add(2.5, SweepFolder.RATE, 1, SweepFolder.L2, 0)
            .add(2.625, SweepFolder.RATE, 10, SweepFolder.L2, 0)
            .addDiverged(SweepFolder.RATE, 1, SweepFolder.L2, 0.1)
            .table();
    return new SweepHeatPicture(table, SweepCells.of(table).orElseThrow(), SIZE).recording();
  }

  private static Recording profile() {
    ProfileTable profile =
        new ProfileTable(
            List.of(
                new ProfileTable.Part("softmax_rows", 1.5, 0.5),
                new ProfileTable.Part("copies in", 0.25, 0)),
            2);
    return new ProfilePicture("bigram", profile, SIZE).recording();
  }

  private static Pgfplots plot(Recording picture) {
    return new Pgfplots(picture, picture.plots());
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

  @Test
  void aHeatmapIsAMatrixOfSharesOfItsColours() throws Exception {
    Recording picture = grid();
    PgfplotsHeatmap plot = new PgfplotsHeatmap(picture, (HeatData) picture.data().orElseThrow());
    String tex = plot.tex("heatmap.csv", Optional.of("100 %"));

    for (String part :
        List.of(
            "title={100 \\%},",
            "xticklabels={{1},{10}},",
            "yticklabels={{0},{0.1}},",
            "xlabel={learning rate},",
            "\\addplot[matrix plot*,mesh/cols=2,point meta=explicit]",
            "meta=share,col sep=comma]{heatmap.csv};",
            "at (axis cs:1,0) {2.63};",
            "at (axis cs:0,1) {$\\times$};",
            "rectangle (axis cs:0.5,0.5);",
            "ylabel={loss (nats per character)}")) {
      assertTrue(tex.contains(part), () -> part + " in " + tex);
    }
    assertEquals(
        List.of("x,y,share,value", "0,0,0.0,2.5", "1,0,1.0,2.625", "0,1,nan,nan", "1,1,nan,nan"),
        plot.csv().lines().toList());
  }

  @Test
  void aProfileNamesItsBars() {
    String tex = plot(profile()).tex("profile.csv", Optional.empty());

    for (String part :
        List.of(
            "yticklabels={{softmax\\_rows},{copies in}},",
            "\\addlegendentry{compiled, once}",
            "{2.00 s, 89 \\%};")) {
      assertTrue(tex.contains(part), () -> part + " in " + tex);
    }
  }

  @Test
  void aHeatmapOfMoreCellsThanTexHasRoomForIsNotWritten() {
    assertTrue(new Figure(bigrams(letters(94), SIZE)).has(PGFPLOTS));
    List<String> many =
        IntStream.range(0, 101).mapToObj(i -> Character.toString(0x4e00 + i)).toList();
    assertFalse(new Figure(bigrams(many, SIZE)).has(PGFPLOTS));
  }

  /// Runs LaTeX over all kinds of plots, where it is installed.
  @Test
  void latexSetsThePlots() throws Exception {
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
            panels(SIZE),
            bigrams(BigramTables.LETTERS, SIZE),
            bigrams(letters(9), ChartSize.centimetres(12, 12, 9)),
            bigrams(letters(1), SIZE),
            bigrams(letters(94), SIZE),
            grid(),
            profile());
    StringBuilder document =
        new StringBuilder(
            """
            \\documentclass{article}
            \\usepackage[utf8]{inputenc}
            \\usepackage[T1]{fontenc}
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
    LatexDocument.compile(folder, document.append("\\end{document}\n").toString());

    try (PDDocument read = Loader.loadPDF(folder.resolve("doc.pdf").toFile())) {
      String text = new PDFTextStripper().getText(read);
      assertTrue(text.contains("uniform, ln 27 = 3.30"), text);
    }
  }
}
