package twister;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import twister.experiment.Devices;
import twister.experiment.Experiment;
import twister.experiment.ExperimentListener;
import twister.experiment.SweepTraining;
import twister.ranking.Ranking;
import twister.yaml.InvalidInputException;

/// The example of docs/java.md, which [JavaGuideTest] runs and compares with the page.
final class JavaGuide {
  private JavaGuide() {}

  // begin
  static Ranking sweep(Path file, Path results)
      throws InvalidInputException, IOException, Devices.NotLoaded {
    Experiment experiment =
        Experiment.read(
            file,
            List.of("training.steps=20", "samples.count=0"),
            List.of("training.learning-rate=1,10,50", "seeds=2"));
    Devices devices = new Devices(System.err::println);
    Devices.Choice choice = devices.choose(experiment.request());
    ExperimentListener listener =
        new ExperimentListener() {
          @Override
          public void progress(int done, double lowest) {
            System.out.printf("%d of %d runs, lowest loss %.4f%n", done, experiment.size(), lowest);
          }
        };
    try (SweepTraining sweep = SweepTraining.open(experiment, choice, results, false, listener)) {
      sweep.trainAll();
      return Ranking.of(sweep.table());
    }
  }
  // end
}
