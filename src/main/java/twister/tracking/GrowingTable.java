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

/// A CSV file that grows by whole lines while a run is trained.
final class GrowingTable implements Closeable {
  private final FileChannel channel;
  private final CSVPrinter rows;

  /// How many bytes are whole lines.
  private long written;

  /// Creates the file.
  GrowingTable(Path file, List<String> header) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    rows = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), Csv.format(header));
    rows.flush();
    written = channel.position();
  }

  /// Appends rows; when they cannot be written, none of them is kept.
  void append(RunTables.Rows content) throws IOException {
    try {
      content.print(rows);
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
