package twister.report;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import twister.expect.Expectations;
import twister.tracking.WholeFile;

/// Published figures beside measured ones: one table of several documents.
public final class Reproduction {
  private static final List<String> HEADER =
      List.of(
          "document", "figure", "published", "measured", "difference", "allowed", "device", "met");

  private static final int MISSES_SHOWN = 5;

  /// The columns of the text that are cut to fit a terminal: document, figure, published, measured.
  private static final Set<Integer> LONG_COLUMNS = Set.of(0, 1, 2, 3);

  /// Where those would be shorter, difference and allowed are left to the files.
  private static final int READABLE = 16;

  private static final Set<Integer> NUMBERS = Set.of(4, 5);
  private static final int SHORTEST = 4;

  private final List<Line> lines = new ArrayList<>();

  private record Line(String document, String device, Expectations.Row row) {
    /// The cells of a table for people.
    List<String> cells() {
      return List.of(
          document,
          row.figure(),
          row.published(),
          row.measured(),
          brief(row.difference()),
          brief(row.allowed()),
          row.isMet() ? "pass" : "FAIL");
    }

    /// A line for each of the first figures that are too far off.
    ///
    /// @param isCut whether the table does not show all of a single figure
    Stream<String> misses(boolean isCut) {
      return row.misses().isEmpty()
          ? Stream.of(document + ", " + row.line() + System.lineSeparator()).filter(_ -> isCut)
          : row.misses().stream()
              .limit(MISSES_SHOWN)
              .map(miss -> "%s, %s, %s%n".formatted(document, row.figure(), miss));
    }
  }

  private static String brief(double value) {
    return value == 0
        ? "0"
        : Double.isNaN(value) ? "not equal" : String.format(Locale.ROOT, "%.1e", value);
  }

  /// Adds what an experiment of a document found.
  ///
  /// @param device which computed it, by its index
  public void add(String document, String device, Expectations found) {
    found.rows().forEach(row -> lines.add(new Line(document, device, row)));
  }

  /// Whether there are figures, and every one is near enough.
  public boolean isMet() {
    return !lines.isEmpty() && lines.stream().allMatch(line -> line.row.isMet());
  }

  /// The table as text, a line for each figure that is too far off, and the sum of it.
  ///
  /// @param width how many columns of a terminal the table may take; cells give way
  public String text(int width) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("DOCUMENT", "FIGURE", "PUBLISHED", "MEASURED", "DIFFERENCE", "ALLOWED", ""));
    lines.forEach(line -> rows.add(line.cells()));
    TextTable whole = new TextTable(rows, Set.of());
    TextTable fitted = fitted(whole, width);
    boolean isCut = !fitted.equals(whole);
    String misses =
        lines.stream()
            .filter(line -> !line.row.isMet())
            .flatMap(line -> line.misses(isCut))
            .collect(Collectors.joining());
    return fitted.text("") + System.lineSeparator() + "\n" + misses + sum() + "\n";
  }

  private static TextTable fitted(TextTable whole, int width) {
    if (whole.width() <= width) {
      return whole;
    }
    TextTable cut = whole.cut(width, LONG_COLUMNS, READABLE);
    return cut.width() <= width ? cut : whole.without(NUMBERS).cut(width, LONG_COLUMNS, SHORTEST);
  }

  private String sum() {
    long met = lines.stream().filter(line -> line.row.isMet()).count();
    long documents = lines.stream().map(Line::document).distinct().count();
    return "%d of %d figures of %d %s met"
        .formatted(met, lines.size(), documents, documents == 1 ? "document" : "documents");
  }

  /// The table in Markdown.
  public String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            | document | figure | published | measured | difference | allowed | |
            | --- | --- | --- | --- | --- | --- | --- |
            """);
    for (Line line : lines) {
      text.append(
          line.cells().stream()
              .map(TableFormat::escapedForMarkdown)
              .collect(Collectors.joining(" | ", "| ", " |\n")));
    }
    return text.toString();
  }

  /// Writes `reproduction.csv` and `reproduction.md`.
  ///
  /// @throws IOException if they cannot be written
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(
        folder.resolve("reproduction.md"),
        out -> out.write(markdown().getBytes(StandardCharsets.UTF_8)));
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader(HEADER.toArray(String[]::new))
            .get();
    WholeFile.write(
        folder.resolve("reproduction.csv"),
        out -> {
          CSVPrinter rows =
              new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format);
          for (Line line : lines) {
            rows.printRecord(
                line.document,
                line.row.figure(),
                line.row.published(),
                line.row.measured(),
                line.row.difference(),
                line.row.allowed(),
                line.device,
                line.row.isMet());
          }
          rows.flush();
        });
  }
}
