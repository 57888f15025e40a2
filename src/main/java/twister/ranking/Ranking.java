package twister.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.tracking.RunsTable;
import twister.tracking.RunsTable.Row;

/// Runs in the order of a figure. Those that differ in nothing but the seed of their initial
/// weights are one group, judged by its mean.
///
/// The answer of successive halving is its last rung: a loss after few steps says nothing beside
/// one after many. Groups of other rungs have no rank, also while there is none of the last rung
/// yet.
///
/// @param runs that are ranked
/// @param entries what has a rank
/// @param figure the column by which the ranks are, the lowest first
/// @param standings all groups, by rank, then those of other rungs, the longer first, and those
///   without a figure last
public record Ranking(RunsTable runs, Entries entries, String figure, List<Standing> standings) {

  /// The setting in which the rungs of successive halving differ.
  public static final String STEPS = "training.steps";

  /// What has a rank.
  public enum Entries {
    /// Runs that differ only in their seed.
    GROUPS,
    /// Each run.
    RUNS
  }

  /// A group and its place.
  ///
  /// @param rank from 1; 0 for a group without a figure, or of another rung than the last
  /// @param rung the steps of that other rung; empty for all other groups
  public record Standing(int rank, SeedGroup group, OptionalInt rung) {
    /// Why the group has no rank, or runs are missing in its mean; empty where there is nothing to
    /// say.
    public String note(String figure) {
      String ofRung =
          rung.isPresent() ? String.format(Locale.ROOT, "rung of %,d steps", rung.getAsInt()) : "";
      return Stream.of(ofRung, group.note(figure))
          .filter(text -> !text.isEmpty())
          .collect(Collectors.joining(", "));
    }
  }

  public Ranking {
    standings = List.copyOf(standings);
  }

  /// The groups by the loss that decides.
  public static Ranking of(RunsTable runs) {
    return of(runs, Entries.GROUPS);
  }

  /// Groups or single runs by the loss that decides.
  public static Ranking of(RunsTable runs, Entries entries) {
    return of(runs, entries, DecidingLoss.of(runs).column());
  }

  /// Groups or single runs by a figure.
  ///
  /// @param figure one of [RunsTable#FIGURES]
  public static Ranking of(RunsTable all, Entries entries, String figure) {
    RunsTable runs = LatestRuns.once(all);
    record Ranked(SeedGroup group, double mean, OptionalInt rung) {}
    List<Ranked> ranked =
        groups(runs, entries).stream()
            .map(group -> new Ranked(group, group.mean(figure), otherRung(runs, group)))
            .sorted(
                Comparator.comparing((Ranked next) -> Double.isNaN(next.mean))
                    .thenComparingInt(next -> -next.rung.orElse(Integer.MAX_VALUE))
                    .thenComparingDouble(Ranked::mean))
            .toList();
    List<Standing> standings = new ArrayList<>();
    for (Ranked next : ranked) {
      boolean isRanked = !Double.isNaN(next.mean) && next.rung.isEmpty();
      standings.add(new Standing(isRanked ? standings.size() + 1 : 0, next.group, next.rung));
    }
    return new Ranking(runs, entries, figure, standings);
  }

  /// The steps of a rung before the last, where the group is of one.
  private static OptionalInt otherRung(RunsTable runs, SeedGroup group) {
    String steps = group.common(STEPS);
    return runs.rungs().stream()
        .limit(Math.max(0, runs.rungs().size() - 1))
        .filter(rung -> rung.toString().equals(steps))
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  private static List<SeedGroup> groups(RunsTable runs, Entries entries) {
    if (entries == Entries.RUNS) {
      return runs.rows().stream().map(run -> new SeedGroup(List.of(run))).toList();
    }
    List<String> keys = keys(runs);
    Map<List<String>, List<Row>> groups = new LinkedHashMap<>();
    for (Row run : runs.rows()) {
      List<String> key = keys.stream().map(run::text).toList();
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(run);
    }
    return groups.values().stream().map(SeedGroup::new).toList();
  }

  /// What runs of a group have in common: settings and data, and the device as well where a run was
  /// repeated on another one, for that is no other seed.
  private static List<String> keys(RunsTable runs) {
    List<String> all =
        Stream.concat(runs.settings().stream(), Stream.of("data_sha256"))
            .filter(runs::differs)
            .toList();
    Set<List<String>> different = new HashSet<>();
    boolean isRepeated =
        runs.differs("device")
            && !runs.rows().stream()
                .allMatch(run -> different.add(all.stream().map(run::text).toList()));
    return Stream.concat(all.stream(), isRepeated ? Stream.of("device") : Stream.empty())
        .filter(key -> !key.equals(RunsTable.SEED))
        .toList();
  }

  /// The best run of the group that has rank 1; empty where nothing has the figure. It need not be
  /// the run with the lowest figure of all, which may be the luckiest seed of a worse setting.
  public Optional<Row> best() {
    return standings.stream()
        .filter(standing -> standing.rank() == 1)
        .findFirst()
        .flatMap(standing -> standing.group().best(figure));
  }

  /// A group beside the one that has rank 1; empty for that one and for groups without a figure.
  public Optional<MeansTest> besideBest(Standing standing) {
    return standing.rank() > 1
        ? Optional.of(MeansTest.of(standing.group(), standings.getFirst().group(), figure))
        : Optional.empty();
  }
}
