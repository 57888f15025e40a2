package twister.training;

import twister.data.SplitExamples;
import twister.model.MlpModel;
import twister.model.MlpShape;

/// Words by a multi-layer perceptron.
///
/// @param parameters flat, as [MlpShape] lays them
public record MlpWords(double[] parameters, MlpShape shape) implements WordModel {

  @Override
  public Word word(int[] before) {
    return new Word() {
      private final int[] block = before.clone();

      @Override
      public float[] next() {
        return MlpModel.after(parameters, shape, block).row(0);
      }

      @Override
      public void append(int symbol) {
        System.arraycopy(block, 1, block, 0, block.length - 1);
        block[block.length - 1] = symbol;
      }
    };
  }

  @Override
  public double nll(SplitExamples words) {
    return MlpModel.nll(parameters, shape, words.blocks());
  }
}
