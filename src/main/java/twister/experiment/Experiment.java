package twister.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.backend.Workload;
import twister.spec.DataSpec;
import twister.spec.ExperimentSpec;
import twister.spec.SpecReader;
import twister.spec.Sweep;
import twister.tracking.SealedSpec;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// An experiment file with all its runs and their data, read and checked: all that can be wrong
/// with them is known.
///
/// @param runs of the file's sweep, or the only one
/// @param shard which part of the sweep the runs are; empty where they are all of it
public record Experiment(Path file, Sweep sweep, List<RunInputs> runs, Optional<Shard> shard) {
  /// How many runs a sweep may have that keep all their files.
  private static final int MOST_IN_FULL = 100;

  public Experiment {
    runs = List.copyOf(runs);
  }

  /// Reads an experiment file and the words it names.
  ///
  /// @param overrides `KEY=VALUE` each, which replace keys of the file
  /// @param sweeps `KEY=VALUES` each, which vary
  /// @throws InvalidInputException if any of them cannot be used
  public static Experiment read(Path file, List<String> overrides, List<String> sweeps)
      throws InvalidInputException {
    try {
      return read(file, overrides, sweeps, DataSource.LOCAL);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing was fetched", e);
    }
  }

  /// Reads an experiment file and the words it names, which are fetched where they are elsewhere.
  ///
  /// @param overrides `KEY=VALUE` each, which replace keys of the file
  /// @param sweeps `KEY=VALUES` each, which vary
  /// @throws InvalidInputException if any of them cannot be used
  /// @throws IOException if words cannot be fetched
  public static Experiment read(
      Path file, List<String> overrides, List<String> sweeps, DataSource source)
      throws InvalidInputException, IOException {
    SealedSpec.refuseChanged(file);
    Sweep sweep = SpecReader.sweep(file, overrides, sweeps);
    List<ExperimentSpec> specs = sweep.runs();
    for (DataSpec data : specs.stream().map(ExperimentSpec::data).distinct().toList()) {
      source.provide(data);
    }
    return new Experiment(file, sweep, inputs(file, specs, List.of()), Optional.empty());
  }

  /// A part of it.
  ///
  /// @throws InvalidInputException if it has too few runs, or they are not known before
  public Experiment part(Shard part) throws InvalidInputException {
    if (!isKnownBefore() || sweep.isOne()) {
      throw new InvalidInputException(
          Mistake.in(
              "--shard " + part,
              sweep.isOne()
                  ? "%s is one run, which has no parts".formatted(name())
                  : sweep.rungs().isEmpty()
                      ? "the settings of a search come one after another, so that it has no parts"
                      : "the rungs of successive halving need all runs, so that it has no parts"));
    }
    if (part.count() > runs.size()) {
      throw new InvalidInputException(
          Mistake.in(
              "--shard " + part,
              "%s has %,d runs, too few for so many parts".formatted(name(), runs.size())));
    }
    List<RunInputs> some =
        IntStream.range(0, runs.size()).filter(part::has).mapToObj(runs::get).toList();
    return new Experiment(file, sweep, some, Optional.of(part));
  }

  /// The runs of a point of a search, one for each seed.
  ///
  /// @param point a number from 0 to 1 for each key
  List<RunInputs> at(double[] point) throws InvalidInputException {
    return inputs(file, sweep.at(point), runs);
  }

  /// Experiments with their data; those on the same words share them.
  ///
  /// @param known runs whose words are read already
  private static List<RunInputs> inputs(
      Path file, List<ExperimentSpec> specs, List<RunInputs> known) throws InvalidInputException {
    Map<DataSpec, RunInputs> words = new HashMap<>();
    known.forEach(inputs -> words.putIfAbsent(inputs.spec().data(), inputs));
    Set<Mistake> mistakes = new LinkedHashSet<>();
    List<RunInputs> all = new ArrayList<>();
    for (ExperimentSpec spec : specs) {
      try {
        RunInputs same = words.get(spec.data());
        if (same == null) {
          same = RunInputs.of(file, spec);
          words.put(spec.data(), same);
        }
        all.add(same.with(spec));
      } catch (InvalidInputException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(List.copyOf(mistakes));
    }
    return all;
  }

  /// The name, which is that of its folder.
  public String name() {
    return sweep.first().name();
  }

  /// Whether all runs are known before the first one is trained; those of searches are not.
  public boolean isKnownBefore() {
    return !sweep.method().isSearch() && sweep.rungs().isEmpty();
  }

  /// How many runs there are, or will be at the end of a search, at most.
  public int size() {
    List<Integer> rungs = sweep.rungs();
    if (rungs.isEmpty()) {
      return runs.size() * (sweep.method().isSearch() ? sweep.searchedSettings() : 1);
    }
    return runsOfRungs().stream().mapToInt(Integer::intValue).sum();
  }

  /// How many runs each rung of successive halving has, the first one the most.
  private List<Integer> runsOfRungs() {
    int seeds = Math.max(1, sweep.seeds().size());
    List<Integer> all = new ArrayList<>();
    int settings = runs.size() / seeds;
    for (int rung = 0; rung < sweep.rungs().size(); rung++) {
      all.add(settings * seeds);
      settings = Math.max(1, settings / sweep.factor());
    }
    return all;
  }

  /// What it wants to be trained on.
  public Devices.Request request() {
    return new Devices.Request(file, sweep.first().device().located(file), work(), symbols());
  }

  private int symbols() {
    return runs.stream().mapToInt(run -> run.counts().symbols()).max().orElse(0);
  }

  /// What there is to train: the runs that have as much to compute in one piece, those of each
  /// setting of a search and of each rung in their own.
  public List<Workload> work() {
    if (sweep.method().isSearch()) {
      List<Workload> setting = work(runs);
      return Collections.nCopies(sweep.searchedSettings(), setting).stream()
          .flatMap(List::stream)
          .toList();
    }
    if (sweep.rungs().isEmpty()) {
      return work(runs);
    }
    List<Workload> all = new ArrayList<>();
    List<Integer> runsOfRungs = runsOfRungs();
    for (int rung = 0; rung < runsOfRungs.size(); rung++) {
      double share = (double) runsOfRungs.get(rung) / runs.size();
      for (Workload same : work(runs)) {
        all.add(same.ofSteps(sweep.rungs().get(rung)).ofRuns(same.runs() * share));
      }
    }
    return all;
  }

  /// What there is to train of some runs, those together that have as much to compute.
  public static List<Workload> work(List<RunInputs> some) {
    Map<Workload, Long> same =
        some.stream()
            .flatMap(run -> run.work().stream())
            .collect(
                Collectors.groupingBy(work -> work, LinkedHashMap::new, Collectors.counting()));
    return same.entrySet().stream().map(of -> of.getKey().ofRuns(of.getValue())).toList();
  }

  /// Whether each run keeps all its files: a large sweep keeps them of its best run only, and a
  /// part of one of none.
  public boolean keepsAll() {
    return (shard.isPresent() ? sweep.runs().size() : size()) <= MOST_IN_FULL;
  }
}
