package twister.experiment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import twister.data.Contexts;
import twister.spec.SamplesSpec;
import twister.tracking.GrownTable;
import twister.tracking.SamplesWriter;
import twister.training.Sampler;
import twister.training.WordModel;

/// The sets of names of a run, kept as they are drawn.
final class SampleSets implements Closeable {
  private final Sampler sampler;
  private final SamplesWriter writer;

  /// @param file a run's `samples.csv`, which is created
  /// @param there what is there of it, where it grows on
  SampleSets(SamplesSpec spec, Contexts contexts, Path file, Optional<GrownTable> there)
      throws IOException {
    sampler = new Sampler(spec, contexts);
    writer = new SamplesWriter(file, there);
  }

  /// How far the generator is.
  long drawn() {
    return sampler.position();
  }

  /// Goes on where other sets of the same run were.
  ///
  /// @param drawn by them
  void skipTo(long drawn) {
    sampler.skipTo(drawn);
  }

  /// Writes what is not written yet.
  GrownTable flush() throws IOException {
    return writer.flush();
  }

  /// Draws and keeps the next set.
  ///
  /// @param step the number of the step after whose update the model is as given
  void draw(int step, WordModel model) throws IOException {
    writer.append(step, sampler.names(model));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
