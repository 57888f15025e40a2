package twister.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import twister.ranking.Ranking;
import twister.ranking.SeedGroup;
import twister.tracking.RunsTable;

/// What the groups of runs are called that differ in nothing but the seed. A name depends on the
/// settings of the group alone, so that it stays when other runs come to the experiment.
final class SettingGroups {
  private final Map<String, String> names = new HashMap<>();

  /// @param runs which [Ranking] puts into groups
  SettingGroups(RunsTable runs) {
    List<SeedGroup> groups =
        Ranking.of(runs).standings().stream().map(Ranking.Standing::group).toList();
    Map<String, Long> counts =
        groups.stream()
            .collect(Collectors.groupingBy(next -> settings(runs, next), Collectors.counting()));
    for (SeedGroup group : groups) {
      String settings = settings(runs, group);
      // Groups on several devices have the same settings. A run in training may not say its device.
      String name =
          counts.getOrDefault(settings, 1L) == 1 ? settings : settings + group.common("device");
      group.runs().forEach(run -> names.put(run.text("run"), name(name)));
    }
  }

  /// The name of a run's group; that of the run where it has none, as former repetitions of a run.
  String of(String run) {
    return names.getOrDefault(run, run);
  }

  private static String settings(RunsTable runs, SeedGroup group) {
    StringBuilder text = new StringBuilder();
    RunsTable.Row first = group.runs().getFirst();
    for (String key : runs.settings().stream().sorted().toList()) {
      if (!key.equals(RunsTable.SEED) && !first.text(key).isEmpty()) {
        text.append(key).append('=').append(first.text(key)).append('\n');
      }
    }
    return text.append(first.text("data_sha256")).append('\n').toString();
  }

  private static String name(String text) {
    return "setting-" + HexFormat.of().formatHex(sha256(text), 0, 5);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
