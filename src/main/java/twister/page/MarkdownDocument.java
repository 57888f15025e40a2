package twister.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import twister.chart.Figure;
import twister.tracking.WholeFile;

/// A report as a document of Markdown, as GitHub and others show it, with its charts beside it.
final class MarkdownDocument {
  private final Report report;

  MarkdownDocument(Report report) {
    this.report = report;
  }

  /// What the template shows.
  record Document(
      String title, boolean isOfSeveral, List<Drawn> comparison, List<Shown> sections) {}

  /// A section with the addresses of its charts.
  record Shown(Section section, List<Drawn> drawn) {}

  /// A chart and its address.
  record Drawn(Chart chart, String address) {}

  Path write(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    Path folder = file.resolveSibling(name.replaceFirst("\\.[^.]*$", "") + "-charts");
    WholeFile.folder(folder);
    for (Chart chart : report.charts()) {
      chart.figure().write(folder.resolve(chart.id() + ".svg"), Figure.Format.SVG);
    }
    String text = PageFiles.markdown("report.md").execute(document(folder));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file, out -> out.write(bytes));
    return folder;
  }

  private Document document(Path folder) {
    List<Shown> sections = new ArrayList<>();
    for (Section section : report.sections()) {
      sections.add(new Shown(section, drawn(section.charts(), folder)));
    }
    return new Document(
        report.title(),
        sections.size() > 1,
        drawn(report.comparison().stream().toList(), folder),
        sections);
  }

  private static List<Drawn> drawn(List<Chart> charts, Path folder) {
    String address = Addresses.relative(folder.getFileName());
    return charts.stream().map(chart -> new Drawn(chart, address + chart.id() + ".svg")).toList();
  }
}
