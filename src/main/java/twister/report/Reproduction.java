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
import twister.tracking.WholeFile;

/// Published figures beside measured ones: one table of several documents.
public final class Reproduction {
  private static final List<String> HEADER =
      List.of(
          "document", "figure", "published", "measured", "difference", "allowed", "device", "met");

  private static final int MISSES_SHOWN = 5;

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
    Stream<String> misses() {
      return row.misses().stream()
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
  public String text() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("DOCUMENT", "FIGURE", "PUBLISHED", "MEASURED", "DIFFERENCE", "ALLOWED", ""));
    lines.forEach(line -> rows.add(line.cells()));
    String table =
        new TextTable(rows, Set.of()).text("") + System.lineSeparator();
    String misses =
        lines.stream()
            .filter(line -> !line.row.isMet())
            .flatMap(Line::misses)
            .collect(Collectors.joining());
    return table + "\n" + misses + sum() + "\n";
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
              .map(cell -> cell.replace("|", "\\|"))
              .collect(Collectors.joining(" | ", "| ", " |\n")));
    }
    return text.toString();
  }

  /// Writes `reproduction.csv` and `reproduction.md`.
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
