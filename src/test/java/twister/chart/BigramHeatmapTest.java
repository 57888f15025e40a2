package twister.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import twister.spec.ChartSize;
import twister.spec.ChartStyle;
import twister.tracking.BigramTable;
import twister.tracking.BigramTables;

@Tag("processor")
class BigramHeatmapTest {
  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void open() {
    run = new RunFolder(folder);
  }

  private static List<String> symbols(int size) {
    return IntStream.range(0, size).mapToObj(i -> Character.toString(0xc0 + i)).toList();
  }

  @Test
  void everyCellNamesItsPairAndItsCount() throws Exception {
    BigramTable table = BigramTables.random(BigramTables.LETTERS, 1);
    run.bigrams(table);

    BigramHeatmap.drawCounts(folder, ChartStyle.DEFAULT);

    assertLabels(table, HeatmapQuantity.COUNTS, SvgFile.read(run.chart("bigrams.svg")));
  }

  @Test
  void everyCellNamesItsPairAndItsProbability() throws Exception {
    BigramTable table = BigramTables.random(BigramTables.LETTERS, 2);
    run.bigrams(table);

    BigramHeatmap.drawProbabilities(folder, ChartStyle.DEFAULT);

    assertLabels(
        table, HeatmapQuantity.PROBABILITIES, SvgFile.read(run.chart("bigram-probabilities.svg")));
  }

  /// Every label is there as often as it must be, and nothing else.
  private static void assertLabels(BigramTable table, HeatmapQuantity heat, SvgFile svg) {
    List<String> expected = new ArrayList<>(List.of("next character", "previous character"));
    expected.addAll(table.symbols());
    expected.addAll(table.symbols());
    for (int previous = 0; previous < table.symbols().size(); previous++) {
      for (int next = 0; next < table.symbols().size(); next++) {
        expected.add(table.symbols().get(previous) + table.symbols().get(next));
        expected.add(heat.text(heat.value(table, previous, next)));
      }
    }
    List<String> found = new ArrayList<>(svg.texts());
    Collections.sort(expected);
    Collections.sort(found);
    assertEquals(expected, found);
  }

  @Test
  void theTitleIsInTheCaption() throws Exception {
    run.bigrams(BigramTables.random(symbols(3), 3));

    BigramHeatmap.drawProbabilities(folder, ChartStyle.DEFAULT);

    assertEquals(
        HeatmapQuantity.PROBABILITIES.title() + ".",
        Files.readAllLines(run.chart("bigram-probabilities.txt")).getFirst());
  }

  @Test
  void textReadsWellOnEveryShade() {
    double worst =
        Stream.of(Blues.SHADES, Shades.DIVERGING, Shades.VIRIDIS)
            .flatMap(shades -> IntStream.rangeClosed(0, 10_000).mapToObj(i -> shades.at(i / 1e4)))
            .mapToDouble(ground -> Blues.contrast(Blues.ink(ground), ground))
            .min()
            .orElseThrow();

    assertTrue(worst >= 4.5, () -> "worst contrast " + worst);
  }

  @Test
  void contrastIsThatOfTheWebGuidelines() {
    assertEquals(21, Blues.contrast(Color.BLACK, Color.WHITE), 1e-12);
    assertEquals(4.54, Blues.contrast(new Color(0x767676), Color.WHITE), 0.005);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "0.1377,.138", "0.0004,.000", "0.99949,.999", "0.9996,1.00", "NaN,NaN"})
  void probabilitiesFitTheirCells(double probability, String text) {
    assertEquals(text, HeatmapQuantity.PROBABILITIES.text(probability));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 27, 100, 500})
  void anyVocabularyMakesASquareHeatmapOfModestSize(int size) throws Exception {
    run.bigrams(BigramTables.random(symbols(size), size));

    BigramHeatmap.drawCounts(folder, ChartStyle.DEFAULT);

    SvgFile svg = SvgFile.read(run.chart("bigrams.svg"));
    assertTrue(Files.size(run.chart("bigrams.svg")) < 1_000_000);
    assertTrue(svg.elements("image").isEmpty() == size < 100);
    assertTrue(svg.texts().contains(size > 30 ? "count" : "ÀÀ"));
  }

  @Test
  void cellsWithoutTextKeepTheirSharpEdges() throws Exception {
    run.bigrams(BigramTables.random(symbols(100), 6));

    BigramHeatmap.drawCounts(folder, ChartStyle.DEFAULT);

    Element image = SvgFile.read(run.chart("bigrams.svg")).elements("image").getFirst();
    assertEquals("image-rendering:pixelated", image.getAttribute("style"));
  }

  @Test
  void symbolsWithoutALookGetOne() throws Exception {
    List<String> texts = texts(".", " ", "<");

    assertTrue(texts.containsAll(List.of("␣", ".␣", "<<")), texts::toString);
  }

  @Test
  void symbolsThatNobodyCouldSeeAreSpelled() throws Exception {
    List<String> texts = texts(".", "\u200d", "a");

    assertEquals(2, Collections.frequency(texts, "U+200D"), texts::toString);
  }

  @Test
  void spelledPairsThatAreTooLongAreLeftOut() throws Exception {
    List<String> symbols = new ArrayList<>(BigramTables.LETTERS);
    symbols.add("\u200d");
    List<String> texts = texts(symbols.toArray(String[]::new));

    assertTrue(texts.contains(".a"), texts::toString);
    assertTrue(texts.stream().noneMatch(text -> text.contains(" U+200D")), texts::toString);
  }

  private List<String> texts(String... symbols) throws Exception {
    run.bigrams(BigramTables.random(List.of(symbols), 3));
    BigramHeatmap.drawCounts(folder, ChartStyle.DEFAULT);
    return SvgFile.read(run.chart("bigrams.svg")).texts();
  }

  @Test
  void modelsThatDivergedAreDrawn() throws Exception {
    double[] unknown = {Double.NaN, Double.POSITIVE_INFINITY, 0.5, 0.5};
    run.bigrams(new BigramTable(List.of(".", "a"), new long[4], unknown));

    BigramHeatmap.drawCounts(folder, ChartStyle.DEFAULT);
    BigramHeatmap.drawProbabilities(folder, ChartStyle.DEFAULT);

    assertTrue(SvgFile.read(run.chart("bigram-probabilities.svg")).texts().contains("NaN"));
  }

  @Test
  void theFontsOfTheSvgAreKnownToBrowsers() throws Exception {
    run.bigrams(BigramTables.random(List.of(".", "a"), 4));

    BigramHeatmap.drawCounts(folder, ChartStyle.DEFAULT);

    String svg = Files.readString(run.chart("bigrams.svg"));
    assertEquals(
        svg.split("font-family=", -1).length,
        svg.split("font-family=\"'DejaVu Sans', Verdana, sans-serif\"", -1).length);
  }

  @ParameterizedTest
  @ValueSource(ints = {27, 100})
  void theSameFileGivesTheSameBytes(int size) throws Exception {
    run.bigrams(BigramTables.random(symbols(size), 5));
    BigramHeatmap.drawCounts(folder, ChartStyle.DEFAULT);
    byte[] png = Files.readAllBytes(run.chart("bigrams.png"));
    byte[] svg = Files.readAllBytes(run.chart("bigrams.svg"));

    BigramHeatmap.drawCounts(folder, ChartStyle.DEFAULT);

    assertArrayEquals(png, Files.readAllBytes(run.chart("bigrams.png")));
    assertArrayEquals(svg, Files.readAllBytes(run.chart("bigrams.svg")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 27, 41, 42, 100, 101, 108, 600})
  void textsOfAnyVocabularyAreReadable(int size) {
    assertReadable(BigramTables.random(symbols(size), size));
  }

  @ParameterizedTest
  @ValueSource(strings = {".ab", "αβγδ", "的一是在", "🔥😀🎉", "שלום", "\u200d\u200b\u00ad", "$<&\"'"})
  void textsOfAnyLettersAreReadable(String letters) {
    assertReadable(
        BigramTables.random(letters.codePoints().mapToObj(Character::toString).toList(), 7));
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 60, 600})
  void textsOfUnknownLettersAreReadable(int size) {
    int unassigned = 0xe000;
    assertReadable(
        BigramTables.random(
            IntStream.range(unassigned, unassigned + size).mapToObj(Character::toString).toList(),
            8));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Long.MAX_VALUE})
  void textsOfEqualCountsAreReadable(long count) {
    List<String> symbols = symbols(9);
    long[] counts = IntStream.range(0, 81).mapToLong(cell -> count).toArray();
    assertReadable(new BigramTable(symbols, counts, new double[81]));
  }

  private static void assertReadable(BigramTable table) {
    List<Heatmap> heatmaps = new ArrayList<>(List.of(Heatmap.modelMinusCounts(table)));
    for (HeatmapQuantity quantity : HeatmapQuantity.values()) {
      heatmaps.add(Heatmap.difference(table, table, quantity, List.of("a", "b")));
      for (HeatScale scale : EnumSet.complementOf(EnumSet.of(HeatScale.DIVERGING))) {
        heatmaps.add(Heatmap.of(table, quantity, scale));
      }
    }
    for (Heatmap heatmap : heatmaps) {
      for (ChartSize size : DrawnTexts.SIZES) {
        Recording recording = new HeatmapPicture(heatmap, size).recording();
        DrawnTexts.assertReadable(recording);
        DrawnTexts.assertNoOutlines(recording);
      }
    }
  }

  /// In grey, red and blue are alike; where cells have numbers, these have signs.
  @Test
  void differencesBelowZeroAreSeenWithoutColour() {
    // The model has less than the counts everywhere.
    long[] ones = IntStream.range(0, 27 * 27).mapToLong(_ -> 1).toArray();
    BigramTable table = new BigramTable(symbols(27), ones, new double[27 * 27]);
    ChartSize column = ChartSize.centimetres(8.5, 8.5, 9);
    Recording differences = new HeatmapPicture(Heatmap.modelMinusCounts(table), column).recording();
    assertTrue(differences.description().sentences().contains("Cells with a dash have less"));
    Recording counts =
        new HeatmapPicture(Heatmap.of(table, HeatmapQuantity.COUNTS, HeatScale.LINEAR), column)
            .recording();
    assertEquals(dashes(counts) + 1, dashes(differences), "the dashes of all cells are one line");
    Recording large =
        new HeatmapPicture(Heatmap.modelMinusCounts(table), HeatmapPicture.size(27)).recording();
    assertEquals(dashes(counts), dashes(large), "numbers have signs");
  }

  /// Lines of many pieces.
  private static long dashes(Recording recording) {
    return recording.steps().stream()
        .map(Recording.Step::mark)
        .filter(mark -> mark instanceof Mark.Line line && !line.path().getBounds2D().isEmpty())
        .count();
  }

  @Test
  void cellsHaveTheColoursOfTheirValues() {
    long[] counts = {0, 40, 80, 60};
    BigramTable table = new BigramTable(List.of("a", "b"), counts, new double[4]);
    Heatmap heatmap = Heatmap.of(table, HeatmapQuantity.COUNTS, HeatScale.LINEAR);

    List<Mark.Area> cells =
        picture(heatmap).steps().stream()
            .map(Recording.Step::mark)
            .filter(mark -> mark instanceof Mark.Area)
            .map(mark -> (Mark.Area) mark)
            .filter(area -> area.shape().getBounds2D().getWidth() < 700)
            .filter(area -> area.shape().getBounds2D().getWidth() > 300)
            .toList();

    // The ground is the colour of 0; one cell is right of the other, the second row below.
    assertEquals(3, cells.size());
    for (int i = 0; i < 3; i++) {
      int[] shown = rgb((Color) cells.get(i).paint());
      int[] meant = rgb(heatmap.colour((double) counts[i + 1]));
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(meant[channel], shown[channel], 1);
      }
    }
    assertTrue(
        cells.get(0).shape().getBounds2D().getX() > cells.get(1).shape().getBounds2D().getX());
    assertTrue(
        cells.get(0).shape().getBounds2D().getY() < cells.get(1).shape().getBounds2D().getY());
  }

  private static Recording picture(Heatmap heatmap) {
    return new HeatmapPicture(heatmap, ChartSize.DEFAULT).recording();
  }

  private static int[] rgb(Color colour) {
    return new int[] {colour.getRed(), colour.getGreen(), colour.getBlue()};
  }

  @Test
  void scalesGoFromTheGroundToTheGreatestValue() {
    BigramTable table =
        new BigramTable(List.of("a", "b"), new long[] {0, 1, 100, 10_000}, new double[4]);

    for (HeatScale scale : EnumSet.complementOf(EnumSet.of(HeatScale.DIVERGING))) {
      Heatmap heatmap = Heatmap.of(table, HeatmapQuantity.COUNTS, scale);
      assertEquals(Blues.shade(0), heatmap.colour(0));
      assertEquals(Blues.shade(1), heatmap.colour(10_000));
    }
    assertEquals(0.1, Heatmap.of(table, HeatmapQuantity.COUNTS, HeatScale.SQUARE_ROOT).share(100));
    assertEquals(
        Math.log(101) / Math.log(10_001),
        Heatmap.of(table, HeatmapQuantity.COUNTS, HeatScale.LOGARITHMIC).share(100),
        1e-12);
  }

  @Test
  void aDifferenceIsWhiteAtZeroAndHasSigns() {
    double[] model = {0.5, 0.5, 0.25, 0.75};
    BigramTable table = new BigramTable(List.of("a", "b"), new long[] {1, 1, 1, 0}, model);
    Heatmap heatmap = Heatmap.modelMinusCounts(table);

    assertEquals(Color.WHITE, heatmap.colour(heatmap.value(0, 0)));
    assertEquals(-0.75, heatmap.value(1, 0));
    assertEquals("−.750", heatmap.text(heatmap.value(1, 0)));
    assertEquals("+.750", heatmap.text(heatmap.value(1, 1)));
    assertEquals(".000", heatmap.text(-1e-9));
    BigramTable other = new BigramTable(List.of("a", "c"), new long[4], model);
    assertThrows(
        IllegalArgumentException.class,
        () -> Heatmap.difference(table, other, HeatmapQuantity.COUNTS, List.of("one", "other")));
    assertEquals(
        "Bigrams: count of one minus that of other",
        Heatmap.difference(table, table, HeatmapQuantity.COUNTS, List.of("one", "other")).title());
  }

  @Test
  void aSymbolThatWasNeverCountedIsUnknown() {
    BigramTable table = new BigramTable(List.of("a", "b"), new long[] {1, 1, 0, 0}, new double[4]);

    assertTrue(Double.isNaN(Heatmap.modelMinusCounts(table).value(1, 0)));
  }

  @Test
  void aColumnHasTheLettersOfTheAxesAlone() {
    BigramTable table = BigramTables.random(BigramTables.LETTERS, 3);
    Heatmap heatmap = Heatmap.of(table, HeatmapQuantity.COUNTS, HeatScale.SQUARE_ROOT);
    Recording recording = new HeatmapPicture(heatmap, ChartSize.centimetres(8.5, 6, 9)).recording();

    List<String> texts = DrawnTexts.of(recording);
    assertEquals(2, Collections.frequency(texts, "q"), texts::toString);
    assertTrue(texts.stream().noneMatch(text -> text.equals("aa")), texts::toString);
    assertTrue(texts.contains("count"), texts::toString);
  }

  @Test
  void cellsHaveNoTextThatOneCannotReadOnPaper() {
    Heatmap heatmap =
        Heatmap.of(
            BigramTables.random(BigramTables.LETTERS, 3), HeatmapQuantity.COUNTS, HeatScale.LINEAR);
    for (double width : new double[] {8.5, 12, 17, 30}) {
      ChartSize size = ChartSize.centimetres(width, width, 9);
      Recording recording = new HeatmapPicture(heatmap, size).recording();
      recording.texts().stream()
          .filter(text -> text.text().equals("aa"))
          .mapToDouble(text -> text.style().font().getSize2D() * size.pointsPerUnit())
          .forEach(points -> assertTrue(points >= 4.99, () -> points + " points"));
      assertEquals(width >= 17, DrawnTexts.of(recording).contains("aa"), width + " cm");
    }
  }

  @Test
  void theMildestScaleThatShowsHalfOfTheCountsIsChosen() {
    assertEquals(HeatScale.LINEAR, chosen(0, 10, 20, 30));
    // The square root of 1 in 100 is a tenth, which one sees.
    assertEquals(HeatScale.SQUARE_ROOT, chosen(0, 1, 1, 100));
    assertEquals(HeatScale.LOGARITHMIC, chosen(1, 1, 1, 100_000));
    assertEquals(HeatScale.LINEAR, chosen(0, 0, 0, 0));
  }

  private static HeatScale chosen(long... counts) {
    BigramTable table = new BigramTable(List.of("a", "b"), counts, new double[4]);
    return Heatmap.of(table, HeatmapQuantity.COUNTS, Optional.empty()).scale();
  }

  @Test
  void wholeCountsHaveWholeTicks() {
    int cells = BigramTables.LETTERS.size() * BigramTables.LETTERS.size();
    long[] counts = IntStream.range(0, cells).mapToLong(cell -> cell % 4).toArray();
    BigramTable table = new BigramTable(BigramTables.LETTERS, counts, new double[cells]);
    Heatmap heatmap = Heatmap.of(table, HeatmapQuantity.COUNTS, HeatScale.LINEAR);
    Recording recording = new HeatmapPicture(heatmap, ChartSize.centimetres(8.5, 6, 9)).recording();

    assertTrue(DrawnTexts.of(recording).containsAll(List.of("0", "1", "2", "3")));
    assertTrue(
        DrawnTexts.of(recording).stream().noneMatch(text -> text.matches("[0-9]*\\.[0-9]+")));
  }

  @Test
  void whatIsSeenIsSaidInWords() {
    long[] counts = {0, 40, 80, 60};
    BigramTable table = new BigramTable(List.of("a", "b"), counts, new double[4]);

    assertEquals(
        List.of("2 symbols", "“ba” has the greatest count, 80"),
        picture(Heatmap.of(table, HeatmapQuantity.COUNTS, HeatScale.LINEAR))
            .description()
            .sentences());
  }
}
