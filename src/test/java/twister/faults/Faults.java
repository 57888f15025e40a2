package twister.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// What can happen to a program that changes files.
public final class Faults {
  private Faults() {}

  /// Ends a program from within, as a kill does from without.
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    /// A kill.
    public Killed() {
      super("killed");
    }
  }

  /// A kill: after so many changes nothing is changed any more. A write that is the last change is
  /// half done.
  public static final class Kill implements FaultyFiles.Fault {
    private int left;
    private boolean isHalfDone;
    private boolean isDead;

    /// @param changes how many are done before
    public Kill(int changes) {
      left = changes;
    }

    /// Whether it has come.
    public synchronized boolean isDead() {
      return isDead;
    }

    @Override
    public synchronized void before(String change, Path path) {
      isDead = isDead || left == 0;
      if (isDead) {
        throw new Killed();
      }
      left--;
    }

    @Override
    public synchronized int writable(Path path, int bytes) {
      if (left == 0 && !isHalfDone && !isDead) {
        isHalfDone = true;
        return Math.max(1, bytes / 2);
      }
      before("write", path);
      return bytes;
    }
  }

  /// One change that the system refuses; those before and after it are done.
  public static final class Refusal implements FaultyFiles.Fault {
    private final AtomicInteger left;

    /// @param changes how many are done before
    public Refusal(int changes) {
      left = new AtomicInteger(changes);
    }

    /// Whether a change was refused.
    public boolean hasCome() {
      return left.get() < 0;
    }

    @Override
    public void before(String change, Path path) throws IOException {
      if (left.getAndDecrement() == 0) {
        throw new IOException(path + ": Input/output error");
      }
    }
  }

  /// A disk that has room for so many more bytes.
  public static final class Room implements FaultyFiles.Fault {
    private long left;
    private boolean isFull;

    /// @param bytes how many fit
    public Room(long bytes) {
      left = bytes;
    }

    /// Whether something did not fit.
    public synchronized boolean isFull() {
      return isFull;
    }

    @Override
    public void before(String change, Path path) {}

    @Override
    public synchronized int writable(Path path, int bytes) throws IOException {
      isFull = isFull || left == 0;
      if (isFull) {
        throw new IOException("No space left on device");
      }
      int fitting = (int) Math.min(left, bytes);
      left -= fitting;
      return fitting;
    }
  }

  /// A slow disk, such as one in a network: each change takes a while.
  ///
  /// @param milliseconds for each change
  public record Delay(int milliseconds) implements FaultyFiles.Fault {
    @Override
    public void before(String change, Path path) throws IOException {
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
