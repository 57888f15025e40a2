package twister.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import twister.spec.ExperimentSpec;
import twister.spec.SettingsTexts;
import twister.spec.SpecReader;
import twister.spec.SpecWriter;
import twister.spec.Sweep;
import twister.text.CommandName;
import twister.tracking.ExperimentFolder;
import twister.tracking.Provenance;
import twister.tracking.RunId;
import twister.tracking.RunSettings;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;

/// The runs of the sweep in an experiment's `spec.yaml` that are not trained yet, as one that was
/// ended leaves them.
public final class MissingRuns {
  /// Half a second's work.
  private static final int MOST_COUNTED = 2000;

  private MissingRuns() {}

  /// How many are missing, in words; nothing where none is, where it cannot be known without
  /// training, or where there are as many runs as the sweep has: those that it has are counted only
  /// where there are less, and not in large sweeps, as that takes time.
  ///
  /// @param table all runs of the experiment
  public static Optional<String> text(ExperimentFolder experiment, RunsTable table) {
    Path file = experiment.spec();
    Optional<RunsTable.Row> newest =
        table.rows().stream().max(Comparator.comparing(row -> row.text("started")));
    if (newest.isEmpty() || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    long complete = table.rows().stream().filter(row -> row.status().isComplete()).count();
    try {
      long size = SpecReader.sizeOfSweep(file);
      if (size == 0) {
        return ofSearch(SpecReader.sweep(file, List.of(), List.of()), table);
      }
      if (complete >= size) {
        return Optional.empty();
      }
      if (size > MOST_COUNTED) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "the sweep in spec.yaml has up to %,d runs; %s says how many are missing",
                size,
                CommandName.with("plan")));
      }
      Sweep sweep = SpecReader.sweep(file, List.of(), List.of());
      return sweep.keys().contains("data.file")
          ? Optional.empty()
          : experiment
              .run(newest.get().text("run"))
              .record()
              .flatMap(run -> text(sweep, run.provenance(), table));
    } catch (InvalidInputException e) {
      return Optional.empty(); // The doctor tells of a spec.yaml that cannot be read.
    }
  }

  /// What a search tries depends on what it found, and some end before they tried all they may.
  ///
  /// @return nothing for what is no search
  private static Optional<String> ofSearch(Sweep sweep, RunsTable table) {
    List<RunsTable.Row> complete =
        table.rows().stream().filter(row -> row.status().isComplete()).toList();
    if (sweep.method().isSearch()) {
      long tried = complete.size() / Math.max(1, sweep.seeds().size());
      return tried >= sweep.searchedSettings()
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "the search in spec.yaml tries up to %,d settings, of which there are %,d;"
                      + " %s goes on with one that was ended",
                  sweep.searchedSettings(),
                  tried,
                  CommandName.with("run")));
    }
    if (sweep.rungs().isEmpty()) {
      return Optional.empty();
    }
    String last = sweep.rungs().getLast().toString();
    return complete.stream().anyMatch(row -> row.text("training.steps").equals(last))
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "there is no run of the last rung, %,d steps, of the sweep in spec.yaml, so nothing"
                    + " has a rank; %s goes on with it",
                sweep.rungs().getLast(),
                CommandName.with("run")));
  }

  /// @param newest what the run was made from that was trained last, on whose data and device the
  ///   missing ones would be
  private static Optional<String> text(Sweep sweep, Provenance newest, RunsTable table) {
    Set<String> complete =
        table.rows().stream()
            .filter(row -> row.status().isComplete())
            .map(row -> row.text("run"))
            .collect(Collectors.toSet());
    boolean hasFormer = complete.stream().anyMatch(RunId::isFormer);
    SettingsTexts texts = new SettingsTexts();
    Map<String, Boolean> runs =
        sweep.runs().parallelStream()
            .collect(
                Collectors.toMap(
                    run ->
                        RunId.of(
                            RunSettings.of(run, texts), newest.data().sha256(), newest.device()),
                    run -> hasFormer && complete.contains(former(run, newest)),
                    Boolean::logicalOr));
    long missing =
        runs.entrySet().stream()
            .filter(run -> !run.getValue() && !complete.contains(run.getKey()))
            .count();
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d runs of the sweep in spec.yaml %s missing; %s trains them",
                missing,
                runs.size(),
                missing == 1 ? "is" : "are",
                CommandName.with("run")));
  }

  private static String former(ExperimentSpec run, Provenance newest) {
    return RunId.former(SpecWriter.formerSettings(run), newest.data().sha256(), newest.device());
  }
}
