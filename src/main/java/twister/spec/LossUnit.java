package twister.spec;

import java.util.Locale;

/// What losses are measured in.
public enum LossUnit {
  /// Natural logarithms, as files hold them.
  NATS("loss (nats per character)", "ln ") {
    @Override
    public double of(double nats) {
      return nats;
    }
  },
  /// Logarithms to the base 2.
  BITS("loss (bits per character)", "log₂ ") {
    @Override
    public double of(double nats) {
      return nats / Math.log(2);
    }
  },
  /// The number of equally likely characters that are as hard to tell: e to the power of the nats.
  PERPLEXITY("perplexity (per character)", "") {
    @Override
    public double of(double nats) {
      // A loss that is finite stays so: what is not finite has diverged.
      return Double.isInfinite(nats) ? nats : Math.min(Math.exp(nats), Double.MAX_VALUE);
    }
  };

  private final String title;
  private final String logarithm;

  LossUnit(String title, String logarithm) {
    this.title = title;
    this.logarithm = logarithm;
  }

  /// A loss in this unit.
  ///
  /// @param nats the loss, in nats per character
  public abstract double of(double nats);

  /// Its name as users write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether differences of losses in this unit are those in nats, times a number.
  public boolean isLinear() {
    return this != PERPLEXITY;
  }

  /// The name of a column of losses in this unit: `loss`, `loss_bits`, `loss_perplexity`.
  public String column(String name) {
    return this == NATS ? name : name + "_" + word();
  }

  /// A loss with its unit: `2.4727 nats per character`, `perplexity 11.8544`.
  ///
  /// @param loss in this unit, as text
  public String sentence(String loss) {
    return this == PERPLEXITY ? "perplexity " + loss : loss + " " + word() + " per character";
  }

  /// The title of an axis.
  public String title() {
    return title;
  }

  /// How the loss of a model that knows nothing of so many symbols is computed: `ln 27`; empty for
  /// perplexities, which are their number.
  public String logarithm(int symbols) {
    return logarithm.isEmpty() ? "" : logarithm + symbols;
  }

  /// What a model that knows nothing of so many symbols is called: `uniform, ln 27`.
  public String uniform(int symbols) {
    return logarithm.isEmpty() ? "uniform" : "uniform, " + logarithm(symbols);
  }
}
