package twister.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks up the files that experiments name.
public final class FileSearch {
  private FileSearch() {}

  /// Where a file was looked up that is nowhere, in words.
  public static String places(Path named, Path experiment) {
    return named.isAbsolute()
        ? ""
        : "; looked for in the current folder, in %s and in the folders above it"
            .formatted(experiment.toAbsolutePath().normalize().getParent());
  }

  /// Where a table is that an experiment expects: beside the experiment file, so that a copy of
  /// both is a pair of its own, else as [#find] looks it up.
  public static Path beside(Path named, Path experiment) {
    Path beside = experiment.resolveSibling(named);
    return Files.exists(beside) ? beside : find(named, experiment);
  }

  /// Where a named file is: looked up from the current folder, then from the experiment file's
  /// folder and those above it, so that an experiment works from anywhere.
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
