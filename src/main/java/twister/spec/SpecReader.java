package twister.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads experiment files.
public final class SpecReader {
  private static final String ALLOWED = ", allowed: keys with values, such as name: bigram";

  private SpecReader() {}

  /// The experiment that a file describes, with every default filled in.
  ///
  /// @param file YAML 1.2 in UTF-8; messages name it as it is given here
  /// @param overrides values in place of the file's, as `KEY=VALUE`, such as `training.steps=10`;
  ///     a value is YAML, `null` takes the key out, and the last override of a key counts
  /// @throws InvalidInputException with every mistake of the file and the overrides
  public static ExperimentSpec read(Path file, List<String> overrides)
      throws InvalidInputException {
    String source = file.toString();
    Mistakes mistakes = new Mistakes();
    String text = SourceText.of(file);
    Optional<YamlValue> document = YamlDocument.ofFile(source, text, mistakes);
    if (document.isEmpty()) {
      String found = text.isBlank() ? "is empty" : "has only comments";
      throw mistakes.last(Place.in(source), found + ALLOWED);
    }
    if (!(document.get() instanceof YamlValue.Mapping mapping)) {
      mistakes.throwIfAny();
      throw mistakes.last(
          document.get().place(), "found " + document.get().description() + ALLOWED);
    }
    return SpecDecoder.experiment(Overrides.apply(overrides, mapping, mistakes), file, mistakes);
  }
}
