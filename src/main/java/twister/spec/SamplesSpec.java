package twister.spec;

import java.util.Optional;
import twister.random.Multinomial;

/// The names, or the pieces of text, drawn from a trained model.
///
/// @param count how many, from 0
/// @param seed of the generator that draws them, as given to PyTorch's `manual_seed`
/// @param lengthLimit a name is cut after so many letters, from 1: not every model ends its words;
///   of a text, how many symbols a piece has
/// @param multinomial the rule by which PyTorch draws one class on a CPU; present exactly for
///   `torch-cpu`
/// @param along the sets of as many names drawn during the training, if any
public record SamplesSpec(
    int count,
    Generator generator,
    long seed,
    int lengthLimit,
    Optional<Multinomial> multinomial,
    Optional<Along> along) {
  public SamplesSpec {
    if (count < 0) {
      throw new IllegalArgumentException("count: expected a whole number from 0, got " + count);
    }
    if (lengthLimit < 1) {
      throw new IllegalArgumentException(
          "length limit: expected a whole number from 1, got " + lengthLimit);
    }
    if (multinomial.isPresent() != (generator == Generator.TORCH_CPU)) {
      throw new IllegalArgumentException(
          "multinomial belongs to the generator torch-cpu, and to no other");
    }
  }

  /// Sets of names drawn during a training, besides the set after it.
  ///
  /// @param every a set follows the update of each step whose number is a multiple of this, from 1
  /// @param reseed whether the generator starts from the seed again for each set, or else goes on
  public record Along(int every, boolean reseed) {
    public Along {
      if (every < 1) {
        throw new IllegalArgumentException("every: expected a whole number from 1, got " + every);
      }
    }
  }
}
