package twister.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import twister.expect.Expectations;
import twister.expect.Findings;
import twister.report.DataTable;
import twister.report.DataTable.Column;
import twister.report.DataTable.Kind;
import twister.spec.ExpectSpec;
import twister.spec.ExperimentSpec;
import twister.tracking.RunFolder;

/// The losses that experiments expect beside those that their runs found.
final class ExpectedFigures {
  private ExpectedFigures() {}

  /// A table for each run that expects losses.
  ///
  /// @throws IOException if the losses of a run cannot be read
  static List<Section.Expected> of(List<RunFolder> runs) throws IOException {
    List<Section.Expected> expected = new ArrayList<>();
    for (RunFolder run : runs) {
      Optional<ExpectSpec> expect = run.experiment().map(ExperimentSpec::expect);
      if (expect.isPresent() && !expect.get().loss().isEmpty() && run.has(run.metrics())) {
        expected.add(of(run, expect.get()));
      }
    }
    return expected;
  }

  private static Section.Expected of(RunFolder run, ExpectSpec expect) throws IOException {
    Map<Integer, Double> measured = Findings.losses(run, expect.loss().keySet());
    List<Column> columns =
        List.of(
            new Column("step", "step", Kind.COUNT),
            new Column("published", "published", Kind.COUNT),
            new Column("measured", "measured", Kind.COUNT),
            new Column("difference", "difference", Kind.COUNT),
            new Column("met", "", Kind.WORD));
    List<List<Object>> rows = new ArrayList<>();
    long missed = 0;
    for (Map.Entry<Integer, Double> loss : expect.loss().entrySet()) {
      double found = measured.getOrDefault(loss.getKey(), Double.NaN);
      Expectations.Row row =
          Expectations.Row.number("loss", loss.getValue(), found, expect.within());
      missed += row.isMet() ? 0 : 1;
      rows.add(
          List.of(
              loss.getKey(),
              row.published(),
              row.measured(),
              Double.isNaN(row.difference())
                  ? ""
                  : String.format(Locale.ROOT, "%.1e", row.difference()),
              row.isMet() ? "met" : "not met"));
    }
    String verdict =
        String.format(
            Locale.ROOT,
            missed == 0
                ? "All %2$,d published losses are met within %3$.1e."
                : "%1$,d of %2$,d published losses are not met within %3$.1e.",
            missed,
            rows.size(),
            expect.within());
    return new Section.Expected(
        run.path().getFileName().toString(),
        verdict,
        Table.of(new DataTable(columns, rows), List.of()));
  }
}
