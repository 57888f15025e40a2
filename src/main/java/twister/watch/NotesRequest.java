package twister.watch;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import twister.tracking.RunNotes;

/// What a page asks to be said of a run. What somebody else has changed since the page read it
/// stays as it is.
///
/// @param asked what is to be said
/// @param read what the page has read in the same places
/// @param problem why it cannot be; empty where it can
record NotesRequest(Said asked, Said read, String problem) {
  private static final int MOST_TAGS = 100;
  private static final Said NOTHING = new Said(Optional.empty(), Optional.empty());

  /// Tags and a note, each as far as it is told.
  record Said(Optional<List<String>> tags, Optional<String> note) {
    /// Whether notes say so.
    boolean isIn(RunNotes notes) {
      return over(notes).equals(notes);
    }

    /// The notes with these in their place.
    RunNotes over(RunNotes notes) {
      return notes.withTags(tags.orElse(notes.tags())).withNote(note.orElse(notes.note()));
    }
  }

  /// Reads the body of a request.
  static NotesRequest of(byte[] body) throws IOException {
    try (JsonReader json =
        new JsonReader(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
      NotesRequest request = read(json);
      String problem = problem(request.asked);
      return problem.isEmpty() ? request : refused(problem);
    } catch (MalformedJsonException | IllegalStateException | JsonParseException e) {
      return refused("the request is no object with tags and a note");
    } catch (EOFException e) {
      return refused("the request ends in the middle");
    }
  }

  private static NotesRequest read(JsonReader json) throws IOException {
    Optional<List<String>> tags = Optional.empty();
    Optional<String> note = Optional.empty();
    Said read = NOTHING;
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "tags" -> tags = Optional.of(readTags(json));
        case "note" -> note = Optional.of(json.nextString().strip());
        case "read" -> read = read(json).asked;
        default -> json.skipValue();
      }
    }
    json.endObject();
    return new NotesRequest(new Said(tags, note), read, "");
  }

  private static List<String> readTags(JsonReader json) throws IOException {
    List<String> tags = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      tags.add(json.nextString());
    }
    json.endArray();
    return tags;
  }

  private static String problem(Said asked) {
    List<String> tags = asked.tags.orElse(List.of());
    if (tags.size() > MOST_TAGS || !tags.stream().allMatch(RunNotes::isTag)) {
      return "a tag has " + RunNotes.TAG_ALLOWED;
    }
    return asked.note.filter(note -> !note.isEmpty() && !RunNotes.isNote(note)).isPresent()
        ? "a note is " + RunNotes.NOTE_ALLOWED
        : "";
  }

  private static NotesRequest refused(String problem) {
    return new NotesRequest(NOTHING, NOTHING, problem);
  }

  /// What is said of the run after it: as before where that is not what the page has read.
  ///
  /// @param now what is said of the run
  RunNotes over(RunNotes now) {
    return read.isIn(now) ? asked.over(now) : now;
  }

  /// Whether it was done.
  ///
  /// @param now what is said of the run
  boolean isDone(RunNotes now) {
    return asked.isIn(now);
  }
}
