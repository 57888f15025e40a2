package twister.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import twister.spec.TrainingSpec;
import twister.text.CommandName;
import twister.tracking.ExperimentFolder;
import twister.tracking.Provenance;
import twister.tracking.RunId;
import twister.tracking.RunSettings;
import twister.tracking.RunStatus;
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
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (newest.isEmpty()) {
      return isInTraining(experiment, table)
          ? Optional.empty()
          : Optional.of("no run is complete; %s goes on".formatted(CommandName.with("run")));
    }
    long complete = complete(table);
    try {
      long size = SpecReader.sizeOfSweep(file);
      if (size == 0) {
        return ofSearch(experiment, SpecReader.sweep(file, List.of(), List.of()), table);
      }
      if (complete >= size) {
        return Optional.empty();
      }
      if (size > MOST_COUNTED) {
        return Optional.of(
            isInTraining(experiment, table)
                ? String.format(
                    Locale.ROOT,
                    "%,d runs are done of up to %,d of the sweep in spec.yaml, which is in"
                        + " training",
                    complete,
                    size)
                : String.format(
                    Locale.ROOT,
                    "the sweep in spec.yaml has up to %,d runs; %s says how many are missing",
                    size,
                    CommandName.with("plan")));
      }
      Sweep sweep = SpecReader.sweep(file, List.of(), List.of());
      return isOverWords(sweep)
          ? Optional.empty()
          : experiment
              .run(newest.get().text("run"))
              .record()
              .flatMap(run -> text(experiment, sweep, run.provenance(), table));
    } catch (InvalidInputException e) {
      return Optional.empty(); // The doctor tells of a spec.yaml that cannot be read.
    }
  }

  /// Runs that are not complete, of which each has as much to compute.
  ///
  /// @param spec one of them, but for its number of steps
  /// @param steps how many each of them has
  /// @param runs how many there are
  public record Share(ExperimentSpec spec, int steps, long runs) {}

  /// What of the sweep in `spec.yaml` is not complete, that in training among it; of searches as if
  /// all were like the first. Empty where that cannot be known.
  ///
  /// @param table all runs of the experiment
  /// @param newest what the run was made from that was trained last; nothing where none is complete
  /// @param like a run of it; those of a large sweep are all thought to be so, since a look at each
  ///   takes time
  public static List<Share> of(
      ExperimentFolder experiment,
      RunsTable table,
      Optional<Provenance> newest,
      ExperimentSpec like) {
    Path file = experiment.spec();
    try {
      long size = SpecReader.sizeOfSweep(file);
      if (size > MOST_COUNTED) {
        return SpecReader.rungs(file).isEmpty() ? like(like, size, table) : List.of();
      }
      Sweep sweep = SpecReader.sweep(file, List.of(), List.of());
      if (!sweep.rungs().isEmpty()) {
        return ofRungs(sweep, table);
      }
      if (sweep.method().isSearch()) {
        long all = (long) sweep.searchedSettings() * Math.max(1, sweep.seeds().size());
        return like(sweep.first(), all, table);
      }
      if (isOverWords(sweep)) {
        return like(like, size, table);
      }
      return newest
          .map(made -> missing(byName(sweep, made), made, table))
          .orElse(sweep.runs())
          .stream()
          .map(run -> new Share(run, steps(run), 1))
          .toList();
    } catch (InvalidInputException e) {
      return List.of(); // The doctor tells of a spec.yaml that cannot be read.
    }
  }

  /// Runs are named by their words, which are not read here.
  private static boolean isOverWords(Sweep sweep) {
    return sweep.keys().contains("data.file") || sweep.keys().contains("data.url");
  }

  private static List<Share> like(ExperimentSpec like, long size, RunsTable table) {
    int steps = steps(like);
    return List.of(new Share(like, steps, Math.max(1, size - complete(table))));
  }

  private static long complete(RunsTable table) {
    return table.rows().stream().filter(row -> row.status().isComplete()).count();
  }

  private static int steps(ExperimentSpec spec) {
    return spec.training().map(TrainingSpec::steps).orElse(0);
  }

  private static long complete(RunsTable table, int steps) {
    return table.rows().stream()
        .filter(row -> row.status().isComplete() && row.number("training.steps") == steps)
        .count();
  }

  private static List<Share> ofRungs(Sweep sweep, RunsTable table) {
    List<Share> shares = new ArrayList<>();
    int settings = sweep.searchedSettings();
    for (int steps : sweep.rungs()) {
      long runs = (long) settings * Math.max(1, sweep.seeds().size());
      shares.add(new Share(sweep.first(), steps, Math.max(0, runs - complete(table, steps))));
      settings = Math.max(1, settings / sweep.factor());
    }
    return shares;
  }

  /// What a search tries depends on what it found, and some end before they tried all they may.
  ///
  /// @return nothing for what is no search
  private static Optional<String> ofSearch(
      ExperimentFolder experiment, Sweep sweep, RunsTable table) {
    List<RunsTable.Row> complete =
        table.rows().stream().filter(row -> row.status().isComplete()).toList();
    if (sweep.method().isSearch()) {
      long tried = complete.size() / Math.max(1, sweep.seeds().size());
      return tried >= sweep.searchedSettings()
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "the search in spec.yaml tries up to %,d settings, of which there are %,d; %s",
                  sweep.searchedSettings(),
                  tried,
                  goesOn(experiment, table, "one that was ended")));
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
                    + " has a rank; %s",
                sweep.rungs().getLast(),
                goesOn(experiment, table, "it")));
  }

  private static String goesOn(ExperimentFolder experiment, RunsTable table, String what) {
    return isInTraining(experiment, table)
        ? "it is in training"
        : CommandName.with("run") + " goes on with " + what;
  }

  private static Optional<String> text(
      ExperimentFolder experiment, Sweep sweep, Provenance newest, RunsTable table) {
    Map<String, ExperimentSpec> all = byName(sweep, newest);
    int missing = missing(all, newest, table).size();
    if (missing > 0 && isInTraining(experiment, table)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%,d of %,d runs of the sweep in spec.yaml are done, and it is in training",
              all.size() - missing,
              all.size()));
    }
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d runs of the sweep in spec.yaml %s missing; %s trains them",
                missing,
                all.size(),
                missing == 1 ? "is" : "are",
                CommandName.with("run")));
  }

  /// Nobody shall be asked to start a second time what is being trained. It is looked at only where
  /// something is missing, as it takes the lock for a moment.
  private static boolean isInTraining(ExperimentFolder experiment, RunsTable table) {
    try {
      return table.rows().stream().anyMatch(row -> row.status() == RunStatus.RUNNING)
          || experiment.isInUse();
    } catch (IOException e) {
      return false; // Who may not write there cannot ask.
    }
  }

  /// The runs of a grid by their names.
  ///
  /// @param newest what the run was made from that was trained last, on whose data and device the
  ///   missing ones would be
  private static Map<String, ExperimentSpec> byName(Sweep sweep, Provenance newest) {
    SettingsTexts texts = new SettingsTexts();
    return sweep.runs().parallelStream()
        .collect(
            Collectors.toMap(
                run ->
                    RunId.of(RunSettings.of(run, texts), newest.data().sha256(), newest.device()),
                run -> run,
                (one, _) -> one));
  }

  private static List<ExperimentSpec> missing(
      Map<String, ExperimentSpec> all, Provenance newest, RunsTable table) {
    Set<String> complete =
        table.rows().stream()
            .filter(row -> row.status().isComplete())
            .map(row -> row.text("run"))
            .collect(Collectors.toSet());
    boolean hasFormer = complete.stream().anyMatch(RunId::isFormer);
    return all.entrySet().stream()
        .filter(run -> !complete.contains(run.getKey()))
        .map(Map.Entry::getValue)
        .filter(run -> !hasFormer || !complete.contains(former(run, newest)))
        .toList();
  }

  private static String former(ExperimentSpec run, Provenance newest) {
    return RunId.former(SpecWriter.formerSettings(run), newest.data().sha256(), newest.device());
  }
}
