package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import twister.tracking.CsvRows;

/// Where the time of a device went: a bar for each part of a training.
public final class ProfileBars {
  private static final List<String> COLUMNS =
      List.of("part", "seconds", "compile_seconds", "launches");

  private ProfileBars() {}

  /// Draws the profile: reads `profile.csv`, writes `charts/profile.png`, `.svg` and `.txt`.
  ///
  /// @param title what was trained, and on what device
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///   written
  public static void draw(Path runFolder, String title) throws IOException {
    Path file = runFolder.resolve("profile.csv");
    List<ProfilePicture.Bar> bars = bars(file);
    long launches = launches(file);
    ChartFiles.write(
        runFolder,
        "profile",
        () -> new ProfilePicture(title, bars, launches, ChartSize.DEFAULT).recording());
  }

  /// The number of launches; each copies something in.
  static long launches(Path file) throws IOException {
    long[] launches = new long[1];
    new CsvRows(file, COLUMNS)
        .forEach(
            row -> {
              if (row.text(0).equals("copies in")) {
                launches[0] = (long) row.number(3);
              }
            });
    return launches[0];
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
