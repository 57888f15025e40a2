package twister.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import twister.chart.FigureKind;
import twister.chart.LossView;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The options that say which losses a figure shows.
final class LossOptions {
  private static final Pattern STEPS = Pattern.compile("([0-9]{0,18}):([0-9]{0,18})");

  @Option(names = "--dev", description = "shows the loss on the dev words alone")
  private boolean dev;

  @Option(
      names = "--train",
      description =
          "shows the loss learnt from alone (default: of one run both, of several the one that "
              + "decides: on the dev words where all have it)")
  private boolean train;

  @Option(
      names = "--steps",
      paramLabel = "FROM:TO",
      description = "shows these steps only, such as 0:500, 100: or :500")
  private Optional<String> steps = Optional.empty();

  @Option(
      names = "--smooth",
      paramLabel = "N",
      description =
          "draws each point as the mean of N neighbouring ones; 1 draws the losses as they are")
  private Optional<Integer> smoothing = Optional.empty();

  @Mixin private UnitOption unit;

  @Option(names = "--log-x", description = "spreads the steps by their logarithms")
  private boolean logX;

  @Option(names = "--log-y", description = "spreads the losses by their logarithms")
  private boolean logY;

  /// What they say.
  ///
  /// @throws InvalidInputException if one cannot be read
  LossView view() throws InvalidInputException {
    int points = smoothing.orElse(0);
    if (smoothing.isPresent() && points < 1) {
      throw new InvalidInputException(
          Mistake.in("--smooth " + points, "allowed: a whole number from 1"));
    }
    return new LossView(steps(), points, losses(), unit.unit(), spread(logX), spread(logY));
  }

  /// Which losses are shown.
  ///
  /// @throws InvalidInputException if two are asked for
  LossView.Losses losses() throws InvalidInputException {
    if (dev && train) {
      throw new InvalidInputException(
          Mistake.in("--dev --train", "allowed: one of them; without them, one run has both"));
    }
    return dev ? LossView.Losses.DEV : train ? LossView.Losses.TRAIN : LossView.Losses.DECIDING;
  }

  private static LossView.Spread spread(boolean isLogarithmic) {
    return isLogarithmic ? LossView.Spread.LOGARITHMIC : LossView.Spread.CHOSEN;
  }

  private LossView.Steps steps() throws InvalidInputException {
    if (steps.isEmpty()) {
      return LossView.Steps.ALL;
    }
    Matcher matcher = STEPS.matcher(steps.get().strip());
    long first = 0;
    long last = -1;
    if (matcher.matches()) {
      first = matcher.group(1).isEmpty() ? 0 : Long.parseLong(matcher.group(1));
      last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
    }
    if (last < first) {
      throw new InvalidInputException(
          Mistake.in(
              "--steps " + steps.get(),
              last >= 0
                  ? "the first step is above the last; allowed: such as 0:500, 100: or :500"
                  : "allowed: the first and the last step, such as 0:500, 100: or :500"));
    }
    return new LossView.Steps(first, last);
  }

  /// Refuses them for a figure that shows no losses of single runs.
  ///
  /// @throws InvalidInputException if one is given
  void refuseFor(FigureKind kind) throws InvalidInputException {
    boolean hasChoice = kind == FigureKind.LOSSES;
    LossView.Losses which = hasChoice ? losses() : LossView.DEFAULT.losses();
    if (!view().equals(LossView.DEFAULT.withLosses(which))) {
      throw new InvalidInputException(
          Mistake.in(
              "--steps, --smooth, --unit, --log-x, --log-y" + (hasChoice ? "" : ", --dev, --train"),
              "a chart of %s has none of these; allowed with --chart loss or compare"
                  .formatted(kind.word())));
    }
  }
}
