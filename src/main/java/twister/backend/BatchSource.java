package twister.backend;

import twister.model.MlpModel;
import twister.model.MlpShape;
import twister.random.TorchCpuRandom;
import twister.spec.InitSpec;

/// Which examples each step of a run trains on. It opens the same stream every time.
public interface BatchSource {

  /// The examples of one step after the other.
  interface BatchStream {
    /// Sets the examples of the next step.
    ///
    /// @param indices set to numbers from 0 to N - 1
    void next(int[] indices);
  }

  /// The batches from the first step on.
  ///
  /// @param examples N, of which the steps choose
  BatchStream open(int examples);

  /// The batches from some step on.
  ///
  /// @param step the number of the first
  /// @param batch how many examples a step has
  default BatchStream openAt(int step, int examples, int batch) {
    BatchStream stream = open(examples);
    int[] passed = new int[batch];
    for (int i = 0; i < step; i++) {
      stream.next(passed);
    }
    return stream;
  }

  /// Batches drawn as `torch.randint(0, N, (batch,))` draws them from the generator that drew the
  /// initial parameters before.
  record AfterParameters(InitSpec init, MlpShape shape) implements BatchSource {
    @Override
    public BatchStream open(int examples) {
      TorchCpuRandom random = MlpModel.generatorAfterParameters(init, shape);
      return indices -> random.randint(0, examples, indices);
    }
  }
}
