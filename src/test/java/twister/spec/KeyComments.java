package twister.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What docs/experiment-file.md says of keys: in the comments of its file with all keys, and in the
/// tables below it and in docs/sweeps.md.
final class KeyComments {
  private static final Pattern FILE =
      Pattern.compile("## All keys.*?```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINE =
      Pattern.compile("( *)([a-z0-9-]+):.*?(?:\\s+#(?: |$)\\*? *(.*))?");
  private static final Pattern OF_MLP =
      Pattern.compile("\\| `([a-z-]+)` \\| ([^|]+) \\| [^|]+ \\| ([^|]*) \\|");
  private static final Pattern OF_SWEEP = Pattern.compile("\\| `(zip): [^|]*` \\| ([^|]+) \\|");
  private static final Pattern DEFAULT = Pattern.compile(" ?\\[(.*)]$");

  private KeyComments() {}

  /// The comments, by the full names of keys.
  static Map<String, String> read() throws IOException {
    Map<String, String> comments = new HashMap<>();
    String document = Files.readString(Path.of("docs/experiment-file.md"));
    Matcher file = FILE.matcher(document);
    if (!file.find()) {
      throw new IllegalStateException("docs/experiment-file.md has no file with all keys");
    }
    addFile(file.group(1).lines().toList(), comments);
    for (MatchResult row : OF_MLP.matcher(document).results().toList()) {
      comments.put("model." + row.group(1), row.group(2) + " (default: " + row.group(3) + ")");
    }
    String sweeps = Files.readString(Path.of("docs/sweeps.md"));
    for (MatchResult row : OF_SWEEP.matcher(sweeps).results().toList()) {
      comments.putIfAbsent("sweep." + row.group(1), row.group(2).replace("`", ""));
    }
    return comments;
  }

  private static void addFile(List<String> lines, Map<String, String> comments) {
    List<String> above = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        int depth = matcher.group(1).length() / 2;
        above.subList(depth, above.size()).clear();
        above.add(matcher.group(2));
        String comment = matcher.group(3) == null ? "" : matcher.group(3).strip();
        if (!comment.isEmpty()) {
          comments.put(
              String.join(".", above), DEFAULT.matcher(comment).replaceFirst(" (default: $1)"));
        }
      }
    }
  }
}
