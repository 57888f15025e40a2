package twister.training;

import twister.data.Contexts;
import twister.data.Examples;
import twister.data.SplitExamples;
import twister.model.ProbabilityTable;

/// Words by an n-gram model.
///
/// @param table (C, V)
public record NgramWords(Contexts contexts, ProbabilityTable table) implements WordModel {

  @Override
  public Word word(int[] before) {
    return contexts.vocabulary().hasBoundary() ? wordAfter(before) : textAfter(before);
  }

  private Word wordAfter(int[] before) {
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

  private Word textAfter(int[] before) {
    int[] last = before.clone();
    BackOff backOff = new BackOff(contexts, table);
    return new Word() {
      @Override
      public float[] next() {
        int context = contexts.number(last);
        return context < 0 ? backOff.after(last) : table.row(context);
      }

      @Override
      public void append(int symbol) {
        if (last.length > 0) {
          System.arraycopy(last, 1, last, 0, last.length - 1);
          last[last.length - 1] = symbol;
        }
      }
    };
  }

  @Override
  public double nll(SplitExamples words) {
    Examples examples = words.ngrams();
    int[] before = examples.contexts();
    int[] targets = examples.targets();
    double sum = 0;
    for (int n = 0; n < targets.length; n++) {
      sum -= table.logProbability(before[n], targets[n]);
    }
    return sum / targets.length;
  }
}
