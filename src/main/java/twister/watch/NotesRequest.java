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
import twister.tracking.RunNotes;

/// What a page asks to be said of a run.
///
/// @param problem why it cannot be; empty where it can
record NotesRequest(RunNotes notes, String problem) {
  private static final int MOST_TAGS = 100;

  /// Reads the body of a request.
  static NotesRequest of(byte[] body) throws IOException {
    List<String> tags = new ArrayList<>();
    String note = "";
    try (JsonReader json =
        new JsonReader(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
      json.beginObject();
      while (json.hasNext()) {
        switch (json.nextName()) {
          case "tags" -> readTags(json, tags);
          case "note" -> note = json.nextString().strip();
          default -> json.skipValue();
        }
      }
      json.endObject();
    } catch (MalformedJsonException | IllegalStateException | JsonParseException e) {
      return refused("the request is no object with tags and a note");
    } catch (EOFException e) {
      return refused("the request ends in the middle");
    }
    return checked(tags, note);
  }

  private static void readTags(JsonReader json, List<String> tags) throws IOException {
    json.beginArray();
    while (json.hasNext()) {
      tags.add(json.nextString());
    }
    json.endArray();
  }

  private static NotesRequest checked(List<String> tags, String note) {
    if (tags.size() > MOST_TAGS || !tags.stream().allMatch(RunNotes::isTag)) {
      return refused("a tag has " + RunNotes.TAG_ALLOWED);
    }
    if (!note.isEmpty() && !RunNotes.isNote(note)) {
      return refused("a note is " + RunNotes.NOTE_ALLOWED);
    }
    return new NotesRequest(new RunNotes(tags, note), "");
  }

  private static NotesRequest refused(String problem) {
    return new NotesRequest(RunNotes.NONE, problem);
  }
}
