package twister.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import twister.yaml.YamlValue;

/// What the section `sweep` of a file says.
///
/// @param section the section itself
/// @param runs how many settings are tried; 0 for a grid, which says it by its values
/// @param factor of successive halving: each rung keeps one in so many, for so many times the steps
/// @param seed of the draws, if one is given
/// @param dimensions the keys that vary, each a list of those that vary together
/// @param seeds of the initial weights, if they are listed
/// @param seedCount how many seeds of the initial weights, if that is given
record SweepSpec(
    YamlValue.Mapping section,
    SweepMethod method,
    int runs,
    int factor,
    Optional<Long> seed,
    List<List<SweepAxis>> dimensions,
    Optional<List<Long>> seeds,
    Optional<Long> seedCount) {
  SweepSpec {
    dimensions = dimensions.stream().map(List::copyOf).toList();
    seeds = seeds.map(List::copyOf);
  }

  /// The keys that vary, in the order in which they were written.
  List<SweepAxis> axes() {
    return dimensions.stream().flatMap(List::stream).toList();
  }

  /// How many steps the rungs of successive halving have, the first one the fewest; empty with
  /// other methods.
  ///
  /// @param all the steps of the last rung
  List<Integer> rungs(int all) {
    List<Integer> steps = new ArrayList<>();
    double part = 1;
    int first = method == SweepMethod.SUCCESSIVE_HALVING ? runs : 0;
    for (int left = first; left >= 1; left /= factor) {
      steps.addFirst((int) Math.max(1, Math.round(all * part)));
      part /= factor;
    }
    return List.copyOf(steps);
  }

  /// How many runs it means at most, as far as that is known before any of them is trained.
  long size() {
    long settings =
        switch (method) {
          case GRID ->
              dimensions.stream()
                  .mapToLong(axes -> axes.getFirst().count())
                  .reduce(1, (a, b) -> a * b);
          case RANDOM, SOBOL, HALTON -> runs;
          case SUCCESSIVE_HALVING, CMA_ES, BOBYQA -> 0;
        };
    return settings * seeds.map(list -> (long) list.size()).or(() -> seedCount).orElse(1L);
  }
}
