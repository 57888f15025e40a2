package twister.tracking;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import twister.backend.RunState;
import twister.training.EarlyStop;
import twister.training.RunProgress;
import twister.training.Trainer;

/// The file `checkpoint.bin` of a run in training.
///
/// It is for the same program alone: numbers in the order of the records, big-endian, the CRC-32C
/// of all of them at the end.
public final class CheckpointFile {
  private static final String MAGIC = "twister checkpoint 1";

  /// What an array in Java holds.
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final int CHECKSUM_BYTES = Long.BYTES;

  private CheckpointFile() {}

  /// Writes a checkpoint; on failure an older one stays.
  ///
  /// @param file of a run, or of its draft
  /// @throws IOException if it cannot be written
  public static void write(Path file, Checkpoint checkpoint) throws IOException {
    WholeFile.replace(
        file,
        whole -> {
          CRC32C sum = new CRC32C();
          DataOutputStream out = new DataOutputStream(new CheckedOutputStream(whole, sum));
          out.writeUTF(MAGIC);
          write(out, checkpoint);
          out.writeLong(sum.getValue());
          out.flush();
        });
  }

  /// Reads the checkpoint of a run.
  ///
  /// @return nothing where none was written, or where it, or a file that grew with it, is not what
  ///   was written
  public static Optional<Checkpoint> read(Path file) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      if (!isWhole(bytes)) {
        return Optional.empty();
      }
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      if (!in.readUTF().equals(MAGIC)) {
        return Optional.empty();
      }
      Checkpoint read = checkpoint(in);
      return areWhole(file, read.tables()) ? Optional.of(read) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(byte[] bytes) {
    int end = bytes.length - CHECKSUM_BYTES;
    if (end < 0) {
      return false;
    }
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, end);
    return ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getLong() == sum.getValue();
  }

  private static boolean areWhole(Path file, Map<String, GrownTable> tables) throws IOException {
    for (Map.Entry<String, GrownTable> table : tables.entrySet()) {
      if (!GrowingTable.begins(file.resolveSibling(table.getKey()), table.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static void write(DataOutputStream out, Checkpoint checkpoint) throws IOException {
    out.writeUTF(checkpoint.origin());
    out.writeUTF(checkpoint.started().toString());
    out.writeDouble(checkpoint.seconds());
    out.writeLong(checkpoint.drawn());
    out.writeInt(checkpoint.tables().size());
    for (Map.Entry<String, GrownTable> table : checkpoint.tables().entrySet()) {
      out.writeUTF(table.getKey());
      out.writeLong(table.getValue().bytes());
      out.writeLong(table.getValue().checksum());
    }
    write(out, checkpoint.progress());
  }

  private static Checkpoint checkpoint(DataInputStream in) throws IOException {
    String origin = in.readUTF();
    Instant started = Instant.parse(in.readUTF());
    double seconds = in.readDouble();
    long drawn = in.readLong();
    Map<String, GrownTable> tables = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      tables.put(in.readUTF(), new GrownTable(in.readLong(), in.readLong()));
    }
    return new Checkpoint(origin, started, seconds, drawn, tables, progress(in));
  }

  private static void write(DataOutputStream out, RunProgress progress) throws IOException {
    out.writeInt(progress.steps());
    write(out, progress.state().weights());
    write(out, progress.state().gradients());
    write(out, progress.state().shifts());
    out.writeBoolean(progress.stop().isPresent());
    if (progress.stop().isPresent()) {
      write(out, progress.stop().get());
    }
    out.writeBoolean(progress.result().isPresent());
    if (progress.result().isPresent()) {
      write(out, progress.result().get());
    }
  }

  private static RunProgress progress(DataInputStream in) throws IOException {
    int steps = in.readInt();
    RunState state = new RunState(doubles(in), doubles(in), doubles(in));
    Optional<EarlyStop.State> stop = in.readBoolean() ? Optional.of(stop(in)) : Optional.empty();
    return new RunProgress(
        steps, state, stop, in.readBoolean() ? Optional.of(result(in)) : Optional.empty());
  }

  private static void write(DataOutputStream out, EarlyStop.State stop) throws IOException {
    write(out, stop.best());
    write(out, stop.waiting());
    out.writeDouble(stop.lowest());
    out.writeInt(stop.lowestAt());
    out.writeDouble(stop.sum());
    out.writeInt(stop.summed());
  }

  private static EarlyStop.State stop(DataInputStream in) throws IOException {
    return new EarlyStop.State(
        look(in), look(in), in.readDouble(), in.readInt(), in.readDouble(), in.readInt());
  }

  private static void write(DataOutputStream out, Trainer.Result result) throws IOException {
    out.writeUTF(result.ending().name());
    out.writeInt(result.steps());
    out.writeDouble(result.loss());
    out.writeDouble(result.nll());
    write(out, result.best());
  }

  private static Trainer.Result result(DataInputStream in) throws IOException {
    String name = in.readUTF();
    Trainer.Ending ending =
        Arrays.stream(Trainer.Ending.values())
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IOException("no ending of a training is " + name));
    return new Trainer.Result(ending, in.readInt(), in.readDouble(), in.readDouble(), look(in));
  }

  private static void write(DataOutputStream out, Optional<EarlyStop.Look> look)
      throws IOException {
    out.writeBoolean(look.isPresent());
    if (look.isPresent()) {
      out.writeInt(look.get().step());
      out.writeDouble(look.get().loss());
      write(out, look.get().weights());
    }
  }

  private static Optional<EarlyStop.Look> look(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? Optional.of(new EarlyStop.Look(in.readInt(), in.readDouble(), doubles(in)))
        : Optional.empty();
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = new byte[values.length * Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().put(values);
    out.write(bytes);
  }

  private static double[] doubles(DataInputStream in) throws IOException {
    double[] values = new double[in.readInt()];
    byte[] bytes = new byte[values.length * Double.BYTES];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }
}
