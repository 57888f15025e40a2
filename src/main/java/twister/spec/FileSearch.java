package twister.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks up the files that experiments name.
public final class FileSearch {
  private FileSearch() {}

  /// Where a named file is: looked up from the current folder, then from the experiment file's folder
  /// and those above it, so that an experiment works from anywhere.
  public static Path find(Path named, Path experiment) {
    Path start = experiment.toAbsolutePath().normalize();
    Stream<Path> above =
        Stream.iterate(
                Optional.ofNullable(start.getParent()),
                Optional::isPresent,
                folder -> folder.map(Path::getParent))
            .flatMap(Optional::stream)
            .map(folder -> folder.resolve(named));
    return Stream.concat(Stream.of(named), above).filter(Files::exists).findFirst().orElse(named);
  }
}
