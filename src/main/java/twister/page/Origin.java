package twister.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import twister.text.VisibleText;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunsTable;

/// Where the numbers of an experiment come from, and how it is repeated.
final class Origin {
  private final List<Section.Fact> facts = new ArrayList<>();

  private Origin() {}

  /// What one needs to repeat an experiment.
  ///
  /// @param run whose origin stands for that of all; empty where no run is there
  /// @param spec the experiment file
  static Section.Repeat repeat(RunsTable runs, Optional<RunFolder> run, String spec) {
    Origin origin = new Origin();
    run.flatMap(RunFolder::record).ifPresent(record -> origin.add(record, runs));
    return new Section.Repeat(
        origin.facts,
        "twister run %s.yaml".formatted(VisibleText.visible(runs.experiment())),
        visible(spec));
  }

  private static String visible(String text) {
    return text.lines().map(line -> VisibleText.visible(line) + "\n").collect(Collectors.joining());
  }

  private void add(RunRecord record, RunsTable runs) {
    Provenance from = record.provenance();
    Provenance.Data data = from.data();
    add(
        "data",
        String.format(
            Locale.ROOT,
            "%s: %,d words, %,d examples, %,d symbols",
            data.file(),
            data.words(),
            data.examples(),
            data.symbols()));
    add("data sha256", different(runs, "data_sha256"));
    add("device", different(runs, "device"));
    add("driver", from.device().driver());
    add(
        "Twister",
        from.twister().number() + from.twister().commit().map(Origin::commit).orElse(""));
    add("commit of the experiment file", from.experiment().map(Origin::words).orElse(""));
    add("Java", from.platform().jdk());
    add("system", from.platform().os());
  }

  private static String commit(Provenance.Commit commit) {
    return ", commit " + words(commit);
  }

  private static String words(Provenance.Commit commit) {
    return commit.hash() + (commit.dirty() ? ", with changes" : "");
  }

  private static String different(RunsTable runs, String column) {
    return runs.rows().stream()
        .map(row -> row.text(column))
        .filter(text -> !text.isEmpty())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private void add(String name, String value) {
    if (!value.isEmpty()) {
      facts.add(new Section.Fact(name, VisibleText.visible(value)));
    }
  }
}
