package twister.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import twister.ranking.MeansTest;
import twister.ranking.Ranking;
import twister.ranking.Ranking.Standing;
import twister.ranking.SeedGroup;
import twister.report.Figures;
import twister.spec.LossUnit;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// What an experiment found, in sentences.
final class Answer {
  /// So many settings are named.
  private static final int FEW = 3;

  private static final int MARK_DECIMALS = 4;

  private final Ranking ranking;
  private final SettingNames names;
  private final LossUnit unit;
  private final int decimals;

  /// @param names of the settings of the ranking
  /// @param unit of losses
  /// @param decimals of losses
  Answer(Ranking ranking, SettingNames names, LossUnit unit, int decimals) {
    this.ranking = ranking;
    this.names = names;
    this.unit = unit;
    this.decimals = decimals;
  }

  /// The sentences, the answer first.
  List<String> sentences() {
    List<Standing> ranked =
        ranking.standings().stream().filter(standing -> standing.rank() > 0).toList();
    List<String> sentences = new ArrayList<>();
    if (ranked.isEmpty()) {
      boolean areOfRungs =
          !ranking.runs().rungs().isEmpty() && ranking.best().isEmpty() && hasLosses();
      sentences.add(
          areOfRungs
              ? "No run of the last rung has a %s yet.".formatted(loss())
              : "No run has a %s.".formatted(loss()));
    } else {
      SeedGroup best = ranked.getFirst().group();
      sentences.add(best(best, settings()));
      runnerUp(ranked).ifPresent(sentences::add);
      tied(ranked).ifPresent(sentences::add);
      marks(best).ifPresent(sentences::add);
    }
    ended().ifPresent(sentences::add);
    return sentences;
  }

  private boolean hasLosses() {
    return ranking.runs().rows().stream()
        .anyMatch(row -> !Double.isNaN(row.number(ranking.figure())));
  }

  /// How many settings were tried: of rungs, those of the first.
  private int settings() {
    List<Integer> rungs = ranking.runs().rungs();
    return (int)
        ranking.standings().stream()
            .filter(Answer::isTried)
            .map(standing -> standing.group().common(Ranking.STEPS))
            .filter(steps -> rungs.isEmpty() || steps.equals(rungs.getFirst().toString()))
            .count();
  }

  /// One whose runs are all in training has not been compared with any.
  private static boolean isTried(Standing standing) {
    return standing.group().runs().stream().anyMatch(run -> run.status().isComplete());
  }

  private String loss() {
    return ranking.figure().replace('_', ' ');
  }

  private String best(SeedGroup best, int settings) {
    String value = unit.sentence(value(best.mean(ranking.figure())) + interval(best));
    String of = meaning(best);
    return settings == 1
        ? "The %s is %s%s.".formatted(loss(), value, of)
        : String.format(
            Locale.ROOT,
            "The best of %,d settings is %s: its %s is %s%s.",
            settings,
            names.of(0),
            loss(),
            value,
            of);
  }

  /// Half the confidence interval beside a mean, in units where both of its ends are as far away.
  private String interval(SeedGroup group) {
    double half = group.halfWidth(ranking.figure());
    return Double.isNaN(half) || !unit.isLinear()
        ? ""
        : " ± " + Figures.spreads(List.of(unit.of(half)), decimals).getFirst();
  }

  private String meaning(SeedGroup group) {
    int seeds = group.finished(ranking.figure()).size();
    if (seeds < 2) {
      String steps = group.finished(ranking.figure()).getFirst().text("steps");
      return steps.isEmpty() || steps.equals("0")
          ? ""
          : String.format(Locale.ROOT, " after %,.0f steps", RunsTable.number(steps));
    }
    String interval = unit.isLinear() ? " with its 95 % confidence interval" : "";
    return ", the mean over %d seeds%s".formatted(seeds, interval);
  }

  private Optional<String> runnerUp(List<Standing> ranked) {
    if (ranked.size() < 2) {
      return Optional.empty();
    }
    Standing second = ranked.get(1);
    double mean = second.group().mean(ranking.figure());
    String text =
        "The next, %s, has %s%s".formatted(names.of(1), value(mean), interval(second.group()));
    Optional<MeansTest> test = ranking.besideBest(second).filter(found -> !Double.isNaN(found.p()));
    return Optional.of(text + test.map(Answer::judged).orElse("") + ".");
  }

  private static String judged(MeansTest test) {
    String worse =
        test.seeds() > 1
            ? "; it is worse with %d of %d seeds".formatted(test.worse(), test.seeds())
            : "";
    return String.format(
        Locale.ROOT,
        test.isTied()
            ? ", which may be no difference (%s, p = %s%s)"
            : ", which is a difference (%s, p = %s%s)",
        test.method() == MeansTest.Method.PAIRED
            ? "paired t-test over the same seeds"
            : "Welch's t-test",
        Figures.probability(test.p()),
        worse);
  }

  /// How many settings beside the second are as good as the best, as far as one can tell.
  private Optional<String> tied(List<Standing> ranked) {
    List<String> tied =
        IntStream.range(2, ranked.size())
            .filter(
                place ->
                    ranking.besideBest(ranked.get(place)).filter(MeansTest::isTied).isPresent())
            .mapToObj(names::of)
            .toList();
    return tied.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "No difference to the best was found for %,d other %s%s.",
                tied.size(),
                tied.size() == 1 ? "setting" : "settings",
                tied.size() <= FEW ? ": " + String.join("; ", tied) : ""));
  }

  /// The losses to compare the best setting with.
  private Optional<String> marks(SeedGroup best) {
    double uniform = best.meanOfAll("uniform_loss");
    double lowest = best.meanOfAll("lowest_loss");
    double nll = best.mean("nll");
    if (Double.isNaN(uniform) || Double.isNaN(lowest) || Double.isNaN(nll)) {
      return Optional.empty();
    }
    String where = ranking.figure().equals("loss") ? "" : "On the words learnt from, ";
    String begin = where.isEmpty() ? "Its" : where + "its";
    String logarithm = unit.logarithm((int) Math.rint(Math.exp(uniform)));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s negative log likelihood is %s; a model that knows nothing has %s%s, and the"
                + " lowest possible is %s (the counts).",
            begin,
            value(nll),
            mark(uniform),
            logarithm.isEmpty() ? "" : " (" + logarithm + ")",
            mark(lowest)));
  }

  private Optional<String> ended() {
    Map<RunStatus, Long> statuses = RunsTable.statuses(ranking.runs().rows());
    int runs = ranking.runs().rows().size();
    return statuses.getOrDefault(RunStatus.FINISHED, 0L) == runs
        ? Optional.empty()
        : Optional.of(
            runs == 1
                ? "The status of the run is %s."
                    .formatted(ranking.runs().rows().getFirst().status().word())
                : String.format(Locale.ROOT, "Of %,d runs: %s.", runs, SeedGroup.counts(statuses)));
  }

  private String value(double nats) {
    double value = unit.of(nats);
    return value == Double.MAX_VALUE ? "above 1e+308" : Figures.figure(value, decimals);
  }

  /// A loss to compare with, which has its digits however large the others are.
  private String mark(double nats) {
    return Figures.figure(unit.of(nats), Math.max(decimals, MARK_DECIMALS));
  }
}
