package twister.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import twister.spec.DataSpec;
import twister.spec.ExperimentSpec;
import twister.spec.InvalidInputException;
import twister.spec.Mistake;
import twister.spec.SpecReader;
import twister.spec.Sweep;

/// An experiment file with all its runs and their data, read and checked: all that can be wrong with them
/// is known.
///
/// @param runs of the file's sweep, or the only one
record Experiment(Path file, Sweep sweep, List<Inputs> runs) {
  /// How many runs a sweep may have that keep all their files.
  private static final int MOST_IN_FULL = 100;

  Experiment {
    runs = List.copyOf(runs);
  }

  /// Reads an experiment file and the words it names.
  ///
  /// @param overrides `KEY=VALUE` each, which replace keys of the file
  /// @param sweeps `KEY=VALUES` each, which vary
  /// @throws InvalidInputException if any of them cannot be used
  static Experiment read(Path file, List<String> overrides, List<String> sweeps)
      throws InvalidInputException {
    Sweep sweep = SpecReader.sweep(file, overrides, sweeps);
    Map<DataSpec, Inputs> words = new HashMap<>();
    Set<Mistake> mistakes = new LinkedHashSet<>();
    List<Inputs> runs = new ArrayList<>();
    for (ExperimentSpec spec : sweep.runs()) {
      try {
        Inputs same = words.get(spec.data());
        Inputs inputs = same == null ? Inputs.of(file, spec) : same.with(spec);
        words.putIfAbsent(spec.data(), inputs);
        runs.add(inputs);
      } catch (InvalidInputException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(List.copyOf(mistakes));
    }
    return new Experiment(file, sweep, runs);
  }

  /// The name, which is that of its folder.
  String name() {
    return sweep.first().name();
  }

  /// What it wants to be trained on.
  Devices.Wish wish() {
    Work work = runs.stream().map(Inputs::work).reduce(Work.none(), Work::plus);
    return new Devices.Wish(file, sweep.first().device(), work);
  }

  /// Whether each run keeps all its files: a large sweep keeps them of its best run only.
  boolean keepsAll() {
    return runs.size() <= MOST_IN_FULL;
  }
}
