package twister.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import twister.chart.LackingLetters;
import twister.tracking.ExperimentFolder;
import twister.yaml.InvalidInputException;

/// A report of experiments, made from their files alone: the same files make the same report, byte
/// for byte.
public final class Report {
  private static final int MOST_COMPARED = 8;

  private final List<Section> sections;
  private final Optional<Chart> comparison;

  private Report(List<Section> sections, Optional<Chart> comparison) {
    this.sections = sections;
    this.comparison = comparison;
  }

  /// Reads experiments.
  ///
  /// @param experiments from 1, each with runs
  /// @param file of the report, beside which the files of runs may lie
  /// @throws IOException if a file cannot be read, naming it, or the machine has no fonts
  public static Report of(List<ExperimentFolder> experiments, Path file, ReportOptions options)
      throws IOException {
    List<Section> sections = new ArrayList<>();
    for (ExperimentFolder experiment : experiments) {
      sections.add(
          new ExperimentSection(experiment, options)
              .section("e" + (sections.size() + 1), ExperimentSection.files(experiment, file)));
    }
    return new Report(sections, comparison(experiments, options));
  }

  private static Optional<Chart> comparison(
      List<ExperimentFolder> experiments, ReportOptions options) throws IOException {
    if (experiments.size() < 2 || experiments.size() > MOST_COMPARED) {
      return Optional.empty();
    }
    try {
      return Optional.of(ReportCharts.compared(experiments, options));
    } catch (InvalidInputException e) {
      return Optional.empty(); // None of them has a loss over steps.
    }
  }

  List<Section> sections() {
    return sections;
  }

  Optional<Chart> comparison() {
    return comparison;
  }

  /// The names of the experiments.
  String title() {
    return sections.stream().map(Section::name).collect(Collectors.joining(", "));
  }

  /// All charts.
  List<Chart> charts() {
    List<Chart> charts = new ArrayList<>(comparison.stream().toList());
    sections.forEach(section -> charts.addAll(section.charts()));
    return charts;
  }

  /// The letters of its charts that no font of this machine has.
  public LackingLetters lackingLetters() {
    return LackingLetters.of(
        charts().stream().map(chart -> chart.figure().lackingLetters()).toList());
  }

  /// Writes the report as one page that needs nothing else.
  ///
  /// @throws IOException if it cannot be written
  public void writeHtml(Path file) throws IOException {
    new HtmlPage(this).write(file);
  }

  /// Writes the report as a document of Markdown, with its charts in a folder beside it.
  ///
  /// @return the folder of the charts
  /// @throws IOException if it cannot be written
  public Path writeMarkdown(Path file) throws IOException {
    return new MarkdownDocument(this).write(file);
  }
}
