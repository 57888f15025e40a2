package twister.training;

import java.util.List;
import twister.data.Contexts;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;

/// Words by an n-gram model.
///
/// @param table (C, V)
public record NgramWords(Contexts contexts, ProbabilityTable table) implements WordModel {

  @Override
  public Word word() {
    return new Word() {
      private int context = Contexts.BEGINNING;

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
    Vocabulary vocabulary = contexts.vocabulary();
    double sum = 0;
    long examples = 0;
    for (String word : words) {
      int context = Contexts.BEGINNING;
      for (int symbol : vocabulary.indices(word + Character.toString(Vocabulary.BOUNDARY))) {
        sum -= table.logProbability(context, symbol);
        context = contexts.next(context, symbol);
        examples++;
      }
    }
    return sum / examples;
  }
}
