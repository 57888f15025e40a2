package twister.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import twister.ranking.Ranking;
import twister.ranking.SeedGroup;
import twister.tracking.RunsTable;

/// What the groups of runs are called that differ in nothing but the seed. A name depends on the
/// settings of the group alone, so that it stays when other runs come to the experiment.
final class SettingGroups {
  private final Map<String, String> names = new HashMap<>();

  /// @param runs which [Ranking] puts into groups
  SettingGroups(RunsTable runs) {
    for (Ranking.Standing standing : Ranking.of(runs).standings()) {
      String name = name(runs, standing.group());
      standing.group().runs().forEach(run -> names.put(run.text("run"), name));
    }
  }

  /// The name of a run's group; that of the run where it has none, as former repetitions of a run.
  String of(String run) {
    return names.getOrDefault(run, run);
  }

  private static String name(RunsTable runs, SeedGroup group) {
    StringBuilder text = new StringBuilder();
    RunsTable.Row first = group.runs().getFirst();
    for (String key : runs.settings()) {
      if (!key.equals(RunsTable.SEED) && !first.text(key).isEmpty()) {
        text.append(key).append('=').append(first.text(key)).append('\n');
      }
    }
    text.append(first.text("data_sha256")).append('\n').append(group.common("device"));
    return "setting-" + HexFormat.of().formatHex(sha256(text.toString()), 0, 5);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
