package twister.training;

import java.util.List;
import twister.data.Blocks;
import twister.data.Vocabulary;
import twister.model.MlpModel;
import twister.model.MlpShape;

/// Words by a multi-layer perceptron.
///
/// @param parameters flat, as [MlpShape] lays them
public record MlpWords(double[] parameters, MlpShape shape, Vocabulary vocabulary)
    implements WordModel {

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
  public double nll(List<String> words) {
    return MlpModel.nll(parameters, shape, Blocks.of(words, vocabulary, shape.blockSize()));
  }
}
