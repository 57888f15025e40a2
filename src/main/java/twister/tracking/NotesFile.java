package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The file of a run's notes. People may write keys and comments of their own into it, which stay
/// as they are.
record NotesFile(Path path) {
  private static final String TAGS = "tags";

  private static final String NOTE = "note";

  /// Where one of the two keys begins.
  private static final Pattern OURS = Pattern.compile("(tags|note):(\\s.*)?");

  /// What belongs to the key above.
  private static final Pattern GOES_ON = Pattern.compile("[ \\t-].*");

  /// What it says of a run.
  ///
  /// @throws IOException naming file and line if it cannot be read, or says what no tag or note can
  ///   be
  RunNotes notes() throws IOException {
    return notes(Yaml.source(path));
  }

  private RunNotes notes(String source) throws IOException {
    Map<String, Object> fields = Yaml.parse(path, source);
    Object tags = fields.getOrDefault(TAGS, List.of());
    if (!(tags instanceof List<?> list)
        || !list.stream().map(Object::toString).allMatch(RunNotes::isTag)) {
      throw refusal(source, TAGS, "allowed: a list of tags, each of " + RunNotes.TAG_ALLOWED);
    }
    Object note = fields.getOrDefault(NOTE, "");
    if (note instanceof List
        || note instanceof Map
        || !(note.toString().isEmpty() || RunNotes.isNote(note.toString()))) {
      throw refusal(source, NOTE, "allowed: " + RunNotes.NOTE_ALLOWED);
    }
    return new RunNotes(list.stream().map(Object::toString).toList(), note.toString());
  }

  /// Puts other notes in place of those that it has.
  ///
  /// @throws IOException naming file and line if that would lose what is written there by hand
  void write(RunNotes notes) throws IOException {
    String source = Files.exists(path) ? Yaml.source(path) : "";
    String kept = kept(source);
    String text = yaml(notes) + kept;
    if (text.isBlank()) {
      Files.deleteIfExists(path);
      return;
    }
    if (!notes(text).equals(notes) || !others(text).equals(others(source))) {
      throw refusal(
          source,
          TAGS,
          "is written in a way that cannot be changed here without a loss; allowed: tags: and note:"
              + " at the beginning of a line each");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    WholeFile.write(path, out -> out.write(bytes));
  }

  private static String yaml(RunNotes notes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!notes.tags().isEmpty()) {
      fields.put(TAGS, notes.tags());
    }
    if (!notes.note().isEmpty()) {
      fields.put(NOTE, notes.note());
    }
    return fields.isEmpty() ? "" : Yaml.text(fields);
  }

  /// The lines that are of neither key.
  ///
  /// @throws IOException if there is a comment within those that are
  private String kept(String source) throws IOException {
    StringBuilder kept = new StringBuilder();
    boolean isOurs = false;
    int number = 0;
    for (String line : source.lines().toList()) {
      number++;
      isOurs = OURS.matcher(line).matches() || (isOurs && GOES_ON.matcher(line).matches());
      if (!isOurs) {
        kept.append(line).append('\n');
      } else if (line.contains(" #") && !Yaml.parse(path, source).toString().contains(" #")) {
        throw new IOException(
            "%s:%d: has a comment beside tags or a note, which would be lost; put it on a line of"
                    .formatted(path, number)
                + " its own");
      }
    }
    return kept.toString();
  }

  private Map<String, Object> others(String source) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>(Yaml.parse(path, source));
    List.of(TAGS, NOTE).forEach(fields::remove);
    return fields;
  }

  private IOException refusal(String source, String key, String message) {
    List<String> lines = new ArrayList<>(source.lines().toList());
    int line =
        lines.stream().map(String::strip).map(text -> text.startsWith(key)).toList().indexOf(true);
    return new IOException("%s:%d: %s: %s".formatted(path, Math.max(1, line + 1), key, message));
  }
}
