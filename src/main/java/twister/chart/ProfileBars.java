package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where the time of a device went: a bar for each part of a training.
public final class ProfileBars {
  private static final List<String> COLUMNS = List.of("part", "seconds", "compile_seconds");

  private ProfileBars() {}

  /// Draws the profile: reads `profile.csv`, writes `charts/profile.png` and `charts/profile.svg`.
  ///
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///     written
  public static void draw(Path runFolder) throws IOException {
    List<ProfilePicture.Bar> bars = bars(runFolder.resolve("profile.csv"));
    ChartFiles.write(runFolder, "profile", () -> new ProfilePicture(bars));
  }

  /// The parts of a profile, in their order.
  static List<ProfilePicture.Bar> bars(Path file) throws IOException {
    List<ProfilePicture.Bar> bars = new ArrayList<>();
    new CsvRows(file, COLUMNS)
        .forEach(
            row -> bars.add(new ProfilePicture.Bar(row.text(0), row.number(1), row.number(2))));
    return bars;
  }
}
