package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import twister.spec.ExperimentSpec;
import twister.spec.SpecWriter;

/// The folder of one run; results/README.md describes its files.
///
/// @param path where it is, or will be
public record RunFolder(Path path) {

  /// The record of the run.
  public Path run() {
    return path.resolve("run.yaml");
  }

  /// The experiment of the run.
  public Path spec() {
    return path.resolve("spec.yaml");
  }

  /// The loss of every step.
  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  /// The names drawn.
  public Path samples() {
    return path.resolve("samples.csv");
  }

  /// The losses on the parts of the words.
  public Path evaluation() {
    return path.resolve("evaluation.csv");
  }

  /// The trained weights.
  public Path weights() {
    return path.resolve("weights.csv");
  }

  /// Count and probability of every bigram.
  public Path bigrams() {
    return path.resolve("bigrams.csv");
  }

  /// Count and probability of every n-gram that occurs, of other orders than 2.
  public Path ngrams() {
    return path.resolve("ngrams.csv");
  }

  /// Where the device's time went.
  public Path profile() {
    return path.resolve("profile.csv");
  }

  /// The charts of the run.
  public Path charts() {
    return path.resolve("charts");
  }

  /// The fields of `run.yaml`, or nothing when there is none that can be read.
  public Optional<Map<?, ?>> fields() {
    try {
      return Files.exists(run()) ? Optional.of(Yaml.read(run())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The fields of `run.yaml` as text, by their full keys, such as `data.sha256`; none when there is
  /// no such file that can be read.
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    fields()
        .map(Yaml::flat)
        .orElse(Map.of())
        .forEach((key, value) -> values.put(key, String.valueOf(value)));
    return values;
  }

  /// A field of `run.yaml` by its full key, such as `data.sha256`; empty when it is not there.
  public String field(String key) {
    return values().getOrDefault(key, "");
  }

  /// Whether the run was trained to an end that training again would only repeat.
  public boolean isComplete() {
    String status = field("status");
    return status.equals(RunStatus.FINISHED.word()) || status.equals(RunStatus.DIVERGED.word());
  }

  /// Makes the folder anew, with the experiment and the record of the run in it.
  public void begin(ExperimentSpec spec, RunRecord run) throws IOException {
    delete();
    Files.createDirectories(path);
    byte[] text = SpecWriter.yaml(spec).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(spec(), out -> out.write(text));
    run.write(run());
  }

  /// Deletes the folder and all that is in it.
  public void delete() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
