package twister.backend.tornado;

import java.util.Collection;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import twister.backend.Profile;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;

/// Reads TornadoVM's times, which come as one long text: a JSON object for each launch and each
/// copy back, of a graph with its copies and, in it, of each task. YAML reads them too, stray
/// commas included.
final class Profiler {
  /// The text is kept to the end, some 2 KB for each launch.
  static final int MOST_LAUNCHES = 10_000;

  private static final Load YAML = new Load(LoadSettings.builder().build());
  private static final String END = "\n}\n";

  private final String graph;
  private final Profile profile;
  private int read;

  /// @param tasks in the order in which the profile shall have them
  Profiler(String graph, Collection<String> tasks, Profile profile) {
    this.graph = graph;
    this.profile = profile;
    tasks.forEach(task -> profile.add(task, new Profile.Task(0, 0, 0)));
  }

  /// Counts a launch; its times are read later.
  ///
  /// @param nanoseconds from the call to its end
  void addLaunch(long nanoseconds) {
    profile.addLaunch(nanoseconds);
  }

  /// Adds all times that came since the last call.
  void addTimes(TornadoExecutionResult result) {
    String log = result.getProfilerResult().getProfileLog();
    for (int end = log.indexOf(END, read); end >= 0; end = log.indexOf(END, read)) {
      Object all = YAML.loadFromString(log.substring(read, end + END.length()));
      read = end + END.length();
      if (all instanceof Map<?, ?> graphs && graphs.get(graph) instanceof Map<?, ?> times) {
        add(times);
      }
    }
  }

  private void add(Map<?, ?> times) {
    profile.add(
        new Profile.Transfers(
            number(times, "COPY_IN_TIME"),
            number(times, "TOTAL_COPY_IN_SIZE_BYTES"),
            number(times, "COPY_OUT_TIME_SYNC"),
            number(times, "COPY_OUT_SIZE_BYTES_SYNC")));
    times.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> task) {
            profile.add(String.valueOf(key).substring(graph.length() + 1), task(task));
          }
        });
  }

  private static Profile.Task task(Map<?, ?> times) {
    return new Profile.Task(
        1,
        number(times, "TASK_KERNEL_TIME"),
        number(times, "TASK_COMPILE_GRAAL_TIME")
            + number(times, "TASK_CODE_GENERATION_TIME")
            + number(times, "TASK_COMPILE_DRIVER_TIME"));
  }

  private static long number(Map<?, ?> times, String key) {
    return times.get(key) instanceof String text ? Long.parseLong(text) : 0;
  }
}
