package twister.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import twister.tracking.RunsTable;

/// The columns of a table of runs that say how its learning rates were chosen: numbers and phases
/// have one, each kind of range test another. A chart shows them as values of one key.
///
/// @param rate place of the column of numbers and phases, -1 if there is none
/// @param tests places of those of range tests
/// @param names of all columns of settings
record RateColumns(int rate, List<Integer> tests, List<String> names) {
  private static final String RANGE_TEST = SweepKey.LEARNING_RATE + ".range-test.";

  /// @param names of the columns of settings
  static RateColumns of(List<String> names) {
    List<Integer> tests =
        IntStream.range(0, names.size())
            .filter(place -> names.get(place).startsWith(RANGE_TEST))
            .boxed()
            .toList();
    return new RateColumns(names.indexOf(SweepKey.LEARNING_RATE), tests, names);
  }

  /// What a run has in each of the columns. Where there is a column of learning rates, what is said
  /// of a range test stands in that: `0.1; 100.0` becomes `range test log 0.1–100.0`.
  ///
  /// @return in the order of the names
  List<String> values(RunsTable.Row row) {
    List<String> settings = new ArrayList<>(names.stream().map(row::text).toList());
    if (rate >= 0) {
      for (int test : tests) {
        if (!settings.get(test).isEmpty()) {
          String kind = names.get(test).substring(RANGE_TEST.length());
          settings.set(rate, "range test " + kind + " " + settings.get(test).replace("; ", "–"));
          settings.set(test, "");
        }
      }
    }
    return settings;
  }
}
