package twister.training;

import java.util.Arrays;
import java.util.List;
import twister.data.Contexts;
import twister.model.ProbabilityTable;

/// Words by an n-gram model.
///
/// @param table (C, V)
public record NgramWords(Contexts contexts, ProbabilityTable table) implements WordModel {

  @Override
  public Word word(int[] before) {
    return new Word() {
      private int context = contexts.number(before);

      @Override
      public float[] next() {
        return context < 0 ? new float[0] : table.row(context);
      }

      @Override
      public void append(int symbol) {
        context = contexts.next(context, symbol);
      }
    };
  }

  /// Loss on words, whose contexts have to occur in the corpus.
  @Override
  public double nll(List<String> words) {
    int length = contexts.length();
    double sum = 0;
    long examples = 0;
    for (String word : words) {
      int[] sequence = contexts.vocabulary().sequence(word, length);
      int context = contexts.number(Arrays.copyOf(sequence, length));
      for (int i = length; i < sequence.length; i++) {
        sum -= table.logProbability(context, sequence[i]);
        context = contexts.next(context, sequence[i]);
        examples++;
      }
    }
    return sum / examples;
  }
}
