package twister.tracking;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import twister.backend.StepLosses;
import twister.spec.LearningRate;

/// Writes a run's `metrics.csv` as the training goes: one row per step, appended in whole lines.
public final class MetricsWriter implements Closeable {
  private static final List<String> HEADER = List.of("step", "loss", "nll", "learning_rate");

  private final FileChannel channel;
  private final CSVPrinter rows;
  private final LearningRate learningRate;

  /// How many bytes are whole lines.
  private long written;

  /// Creates the file.
  ///
  /// @param learningRate the rate of each step, which becomes a column
  public MetricsWriter(Path file, LearningRate learningRate) throws IOException {
    this.learningRate = learningRate;
    channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    rows = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), Csv.format(HEADER));
    rows.flush();
    written = channel.position();
  }

  /// Appends rows of the only run of a session; when they cannot be written, none of them is kept.
  ///
  /// @param from the number of the first step
  /// @param count how many of the steps are written
  public void append(int from, int count, StepLosses losses) throws IOException {
    try {
      for (int i = 0; i < count; i++) {
        rows.printRecord(
            from + i, losses.loss(i, 0), losses.nll(i, 0), learningRate.rate(from + i));
      }
      rows.flush();
      written = channel.position();
    } catch (IOException e) {
      channel.truncate(written);
      throw e;
    }
  }

  /// Forces the rows to disk and closes the file.
  @Override
  public void close() throws IOException {
    try (channel) {
      channel.force(true);
    }
  }
}
