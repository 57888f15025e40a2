package twister.page;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import twister.tracking.WholeFile;

/// A report as one page of HTML: style, script, charts and data are in it, and its content security
/// policy allows nothing else.
final class HtmlPage {
  private final Report report;

  HtmlPage(Report report) {
    this.report = report;
  }

  /// What the template shows.
  ///
  /// @param comparison none or one
  record Page(
      String title,
      String policy,
      String style,
      String script,
      String data,
      boolean isOfSeveral,
      List<Drawn> comparison,
      List<Shown> sections) {}

  /// A section with its charts as elements.
  record Shown(Section section, List<Drawn> drawn) {}

  /// A chart as an element of the page.
  record Drawn(Chart chart, String svg) {}

  void write(Path file) throws IOException {
    byte[] page = PageFiles.html("report.html").execute(page()).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file, out -> out.write(page));
  }

  private Page page() throws IOException {
    String style = PageFiles.text("page.css");
    String script =
        PageFiles.text("filter.js") + PageFiles.text("table.js") + PageFiles.text("report.js");
    List<Shown> sections = new ArrayList<>();
    for (Section section : report.sections()) {
      sections.add(new Shown(section, drawn(section.charts())));
    }
    return new Page(
        report.title(),
        policy(style, script),
        style,
        script,
        data(),
        sections.size() > 1,
        drawn(report.comparison().stream().toList()),
        sections);
  }

  private static List<Drawn> drawn(List<Chart> charts) throws IOException {
    List<Drawn> drawn = new ArrayList<>();
    for (Chart chart : charts) {
      drawn.add(new Drawn(chart, chart.figure().svg(chart.id() + "-")));
    }
    return drawn;
  }

  /// Only this style and this script, no addresses, no frames, no forms.
  private static String policy(String style, String script) {
    return "default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hash(script));
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The tables, as JSON in which no sign has a meaning in HTML.
  private String data() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setHtmlSafe(true);
      json.beginArray();
      for (Section section : report.sections()) {
        section.data().write(json, section.id());
      }
      json.endArray();
    }
    return text.toString();
  }
}
