package twister.backend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the time of a device went, collected launch by launch. Taking these times makes short
/// launches several times slower.
public final class Profile {
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private Transfers transfers = new Transfers(0, 0, 0, 0);
  private long launches;
  private long nanoseconds;

  /// What one task of a launch took, over all launches.
  ///
  /// @param kernelNanoseconds on the device
  /// @param compileNanoseconds from bytecode to the device's code
  public record Task(long launches, long kernelNanoseconds, long compileNanoseconds) {
    private Task plus(Task other) {
      return new Task(
          launches + other.launches,
          kernelNanoseconds + other.kernelNanoseconds,
          compileNanoseconds + other.compileNanoseconds);
    }
  }

  /// What was copied to the device and back, over all launches.
  public record Transfers(long inNanoseconds, long inBytes, long outNanoseconds, long outBytes) {
    private Transfers plus(Transfers other) {
      return new Transfers(
          inNanoseconds + other.inNanoseconds,
          inBytes + other.inBytes,
          outNanoseconds + other.outNanoseconds,
          outBytes + other.outBytes);
    }
  }

  /// Adds a task of one launch.
  public void add(String name, Task task) {
    tasks.merge(name, task, Task::plus);
  }

  /// Adds what was copied.
  public void add(Transfers some) {
    transfers = transfers.plus(some);
  }

  /// Adds a launch of all tasks.
  ///
  /// @param took from the call to its end
  public void addLaunch(long took) {
    launches++;
    nanoseconds += took;
  }

  /// The tasks by name, in the order of their first launch.
  public Map<String, Task> tasks() {
    return Collections.unmodifiableMap(tasks);
  }

  /// All that was copied.
  public Transfers transfers() {
    return transfers;
  }

  /// The number of launches.
  public long launches() {
    return launches;
  }

  /// The time of all launches, from call to end.
  public long nanoseconds() {
    return nanoseconds;
  }
}
