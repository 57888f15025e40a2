package twister.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.spec.SpecWriter;
import twister.training.Search;
import twister.yaml.InvalidInputException;

/// The search of a sweep whose next settings follow from the losses of those before: CMA-ES, BOBYQA
/// or successive halving.
///
/// Where the process was ended before, the search is the same again, and finds that its first runs
/// are there.
final class SweepSearch {
  private final Experiment sweep;
  private final Trials trials;

  /// Trains settings.
  @FunctionalInterface
  interface Trials {
    /// Trains the runs of settings that are missing.
    ///
    /// @param settings a run for each seed
    /// @return the mean loss of each setting, in nats per character; infinite where that of a seed
    ///   is, NaN where a seed diverged
    List<Double> losses(List<List<RunInputs>> settings) throws IOException;
  }

  private record Ranked(List<RunInputs> setting, double loss) {}

  SweepSearch(Experiment sweep, Trials trials) {
    this.sweep = sweep;
    this.trials = trials;
  }

  /// Searches to the end.
  ///
  /// @throws IOException if a training fails, or settings do not go together
  void search() throws IOException {
    if (sweep.sweep().method().isSearch()) {
      minimise();
    } else {
      halve();
    }
  }

  private void minimise() throws IOException {
    try {
      Search.minimise(
          sweep.sweep().method(),
          sweep.sweep().dimensions(),
          sweep.sweep().searchedSettings(),
          sweep.sweep().seed().orElse(0),
          this::loss);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private double loss(double[] point) {
    try {
      List<RunInputs> seeds = sweep.at(point);
      double loss = trials.losses(List.of(seeds)).getFirst();
      return value(loss, Math.log(seeds.getFirst().counts().symbols()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidInputException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  /// What a search is told of a loss: the loss itself, unless it is above that of a model that
  /// knows nothing. From there on it rises ever more slowly, so that a bad setting does not bend
  /// what is learnt of the good ones, and there is no plateau on which a search is lost. An
  /// infinite loss is worse than any number, and a training that diverged is worse than that.
  ///
  /// @param uniform the loss of a model that knows nothing
  static double value(double loss, double uniform) {
    if (Double.isNaN(loss)) {
      return 9 * uniform;
    }
    if (Double.isInfinite(loss)) {
      return 8 * uniform;
    }
    // The slope is 1 on both sides of the uniform loss; the largest double gives 7.6 times of it.
    return loss <= uniform ? loss : uniform * (1 + Math.log1p(Math.log(loss / uniform)));
  }

  /// Successive halving (Jamieson and Talwalkar 2016): all settings are trained for few steps, the
  /// best of them for more, until the best of all are trained to the last step. Each rung begins
  /// anew, so that its runs are those of any other training of as many steps.
  private void halve() throws IOException {
    List<List<RunInputs>> settings =
        List.copyOf(
            sweep.runs().stream()
                .collect(
                    Collectors.groupingBy(
                        run -> SpecWriter.settings(run.spec().withSeed(0)).yaml(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values());
    for (int steps : sweep.sweep().rungs()) {
      settings = best(settings, losses(settings, steps));
    }
  }

  private List<Double> losses(List<List<RunInputs>> settings, int steps) throws IOException {
    List<List<RunInputs>> rung = new ArrayList<>();
    for (List<RunInputs> setting : settings) {
      rung.add(withSteps(setting, steps));
    }
    return trials.losses(rung);
  }

  /// The settings that go on to the next rung: those with the lowest losses. Infinite ones stand
  /// after all numbers, and those that diverged after these.
  private List<List<RunInputs>> best(List<List<RunInputs>> settings, List<Double> losses) {
    return IntStream.range(0, settings.size())
        .mapToObj(i -> new Ranked(settings.get(i), losses.get(i)))
        .sorted(Comparator.comparingDouble(Ranked::loss))
        .map(Ranked::setting)
        .limit(Math.max(1, settings.size() / sweep.sweep().factor()))
        .toList();
  }

  private static List<RunInputs> withSteps(List<RunInputs> seeds, int steps) throws IOException {
    List<RunInputs> all = new ArrayList<>();
    for (RunInputs inputs : seeds) {
      try {
        all.add(inputs.with(inputs.spec().withSteps(steps)));
      } catch (InvalidInputException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    return all;
  }
}
