package twister.page;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a report says of an experiment.
///
/// @param id an element of the page has it
/// @param question empty where the experiment does not say it
/// @param answer sentences, the answer first
/// @param remarks what to know before believing it, a sentence each
/// @param leaderboard its first rows
/// @param rows how many rows the whole leaderboard has
/// @param data the whole leaderboard and all runs
/// @param samples what was drawn from several models, beside each other
/// @param parts losses on the parts of the words
/// @param expected published figures beside those measured; empty where nothing is expected
/// @param repeat how the experiment is repeated
record Section(
    String id,
    String name,
    String question,
    List<String> answer,
    List<String> remarks,
    List<Chart> charts,
    Table leaderboard,
    int rows,
    SectionData data,
    List<Samples> samples,
    List<Table> parts,
    List<Expected> expected,
    Repeat repeat) {

  /// Names drawn from a model.
  ///
  /// @param which such as `best`
  /// @param setting its name; empty where there is one only
  /// @param loss with its unit
  record Samples(String which, String setting, String run, String loss, List<String> names) {}

  /// Published losses of a run beside those measured.
  ///
  /// @param verdict whether all are met
  record Expected(String run, String verdict, Table table) {}

  /// What one needs to repeat the experiment.
  ///
  /// @param facts what it was made from and on, each with its name
  /// @param command that trains it again
  /// @param spec the experiment file
  record Repeat(List<Fact> facts, String command, String spec) {
    boolean hasSpec() {
      return !spec.isEmpty();
    }

    /// What encloses the file in Markdown: more backticks than stand anywhere in it.
    String fence() {
      int most = 2;
      for (MatchResult run : Pattern.compile("`+").matcher(spec).results().toList()) {
        most = Math.max(most, run.end() - run.start());
      }
      return "`".repeat(most + 1);
    }
  }

  /// A fact.
  record Fact(String name, String value) {}

  boolean hasQuestion() {
    return !question.isEmpty();
  }

  boolean hasCharts() {
    return !charts.isEmpty();
  }

  boolean hasSamples() {
    return !samples.isEmpty();
  }

  int shownRows() {
    return leaderboard.rows().size();
  }

  /// Whether rows of the leaderboard are left out where there is no script.
  boolean isCut() {
    return rows > leaderboard.rows().size();
  }
}
