package twister.report;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import twister.spec.LossUnit;
import twister.text.Symbols;
import twister.training.Score;
import twister.training.ScoredWord.Ngram;

/// What n-grams come to, of which none is kept.
final class ScoreSums {
  private static final String LINE = System.lineSeparator();

  private double logLikelihood;
  private long examples;
  private final Set<String> unknownContexts = new LinkedHashSet<>();
  private final Set<String> ruledOut = new LinkedHashSet<>();

  /// Adds the next one. The order decides the last bits of the sum.
  void add(Ngram ngram) {
    logLikelihood += ngram.logProbability();
    examples++;
    if (!ngram.isKnown()) {
      unknownContexts.add(ngram.context());
    } else if (ngram.logProbability() == Double.NEGATIVE_INFINITY) {
      ruledOut.add(ngram.text());
    }
  }

  /// Their log likelihood and loss.
  Score score() {
    return new Score(logLikelihood, examples);
  }

  /// How many words and characters they are.
  static String title(int words, long examples, boolean areTexts) {
    String what =
        areTexts
            ? words == 1 ? "the text" : "all %,d texts".formatted(words)
            : "all %,d words".formatted(words);
    return "%s, %,d characters".formatted(what, examples);
  }

  /// For a person; the parameters are those of [ScoreReport].
  String text(String data, String zero, LossUnit unit) {
    if (Double.isNaN(logLikelihood)) {
      return "  no log likelihood, no loss: the model knows no probabilities after a context%n"
              .formatted()
          + "  that does not occur in %s: %s".formatted(data, listed(unknownContexts));
    }
    String sums =
        "  log likelihood %1$s%3$s, NLL %2$s%3$s, %4$s"
            .formatted(
                number(score().logLikelihood()),
                number(score().sumOfLosses()),
                unit == LossUnit.NATS ? "" : " nats",
                (unit.isLinear() ? "loss " : "") + unit.sentence(number(unit.of(score().nll()))));
    return Double.isInfinite(logLikelihood)
        ? sums + LINE + "  " + zero + ": " + listed(ruledOut)
        : sums;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private static String listed(Collection<String> texts) {
    return texts.stream().map(Symbols::visible).collect(Collectors.joining(", "));
  }
}
