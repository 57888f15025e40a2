package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import twister.spec.ChartStyle;
import twister.tracking.ProfileTable;

/// Where the time of a device went: a bar for each part of a training.
public final class ProfileBars {
  private ProfileBars() {}

  /// Draws the profile: reads `profile.csv`, writes `charts/profile.png`, `.svg` and `.txt`.
  ///
  /// @param title what was trained, and on what device
  /// @return what no font of this machine has
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///   written
  public static LackingLetters draw(Path runFolder, String title, ChartStyle style)
      throws IOException {
    ProfileTable profile = ProfileTable.read(runFolder.resolve("profile.csv"));
    return ChartFiles.write(
        runFolder,
        "profile",
        FigureStyle.of(style),
        size -> new ProfilePicture(title, profile, size).recording());
  }
}
