package twister.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.training.Tasks;

/// Batches of runs that wait for a device: each device takes the next one when it is free.
///
/// A device that fails gets no more, and its batch goes to the others. When none is left, or
/// anything else fails, the batches that wait are left alone, and those in training come to their
/// end.
final class DeviceQueue {
  private final List<Device> devices;
  private final Failure failure;
  private final Queue<List<PlannedRun>> waiting = new ConcurrentLinkedQueue<>();
  private volatile boolean isEnding;

  /// Trains a batch on a device, in the thread that calls it. Every device has a thread of its own.
  @FunctionalInterface
  interface Training {
    void train(List<PlannedRun> batch, Device device) throws IOException;
  }

  /// Who is told of a device that fails while others go on.
  @FunctionalInterface
  interface Failure {
    void of(Device device, DeviceException problem);
  }

  /// @param devices one or more
  DeviceQueue(List<Device> devices, Failure failure) {
    this.devices = new CopyOnWriteArrayList<>(devices);
    this.failure = failure;
  }

  /// The devices that have not failed.
  List<Device> devices() {
    return List.copyOf(devices);
  }

  /// Trains batches. When it returns or throws, none of them is in training any more.
  ///
  /// @throws IOException if the last device failed, or what a training threw
  void train(List<List<PlannedRun>> batches, Training training) throws IOException {
    waiting.addAll(batches);
    while (!waiting.isEmpty()) {
      if (devices.size() == 1) {
        takeAll(devices.getFirst(), training);
      } else {
        takeAllOfEach(training);
      }
    }
  }

  private void takeAllOfEach(Training training) throws IOException {
    List<Future<?>> takers = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("device-", 0).factory())) {
      for (Device device : devices) {
        takers.add(
            threads.submit(
                () -> {
                  takeAll(device, training);
                  return device;
                }));
      }
    }
    for (Future<?> taker : takers) {
      Tasks.await(taker);
    }
  }

  private void takeAll(Device device, Training training) throws IOException {
    while (!isEnding) {
      List<PlannedRun> batch = waiting.poll();
      if (batch == null) {
        return;
      }
      boolean isTrained = false;
      try {
        training.train(batch, device);
        isTrained = true;
      } catch (DeviceException e) {
        drop(device, e);
        waiting.add(batch);
        isTrained = true;
        return;
      } finally {
        isEnding |= !isTrained;
      }
    }
  }

  private synchronized void drop(Device device, DeviceException problem) throws IOException {
    if (devices.size() == 1) {
      throw new IOException(problem.getMessage(), problem);
    }
    devices.remove(device);
    failure.of(device, problem);
  }
}
