package twister.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import twister.yaml.InvalidInputException;
import twister.yaml.KeyListener;
import twister.yaml.Mistakes;
import twister.yaml.Place;
import twister.yaml.Section;
import twister.yaml.SourceText;
import twister.yaml.YamlDocument;
import twister.yaml.YamlValue;

/// Reads experiment files.
public final class SpecReader {
  private static final String ALLOWED = ", allowed: keys with values, such as name: bigram";

  private SpecReader() {}

  /// The experiment that a file describes, with every default filled in.
  ///
  /// @param file YAML 1.2 in UTF-8; messages name it as it is given here
  /// @param overrides values in place of the file's, as `KEY=VALUE`, such as `training.steps=10`; a
  ///   value is YAML, `null` takes the key out, and the last override of a key counts
  /// @throws InvalidInputException with every mistake of the file and the overrides
  public static ExperimentSpec read(Path file, List<String> overrides)
      throws InvalidInputException {
    Mistakes mistakes = new Mistakes();
    YamlValue.Mapping document = document(file, mistakes);
    return new SpecDecoder(Overrides.apply(overrides, document, mistakes), file, mistakes)
        .experiment();
  }

  /// The experiments that a file describes, with every default filled in: one, or those of its
  /// sweep.
  ///
  /// @param overrides as above
  /// @param sweeps what varies besides, or in place of what the file says, as `KEY=VALUES`
  /// @throws InvalidInputException with every mistake of the file, the overrides and the sweeps
  public static Sweep sweep(Path file, List<String> overrides, List<String> sweeps)
      throws InvalidInputException {
    Mistakes mistakes = new Mistakes();
    YamlValue.Mapping document = Overrides.apply(overrides, document(file, mistakes), mistakes);
    return SweepReader.sweep(document, file, overrides, sweeps, mistakes);
  }

  /// How many runs the sweep of a file means at most, without a look at each of them; 0 where the
  /// file has no sweep, or one whose runs are known only when it is trained.
  ///
  /// @throws InvalidInputException with all mistakes of the file
  public static long sizeOfSweep(Path file) throws InvalidInputException {
    Mistakes mistakes = new Mistakes();
    return section(document(file, mistakes), mistakes).map(SweepSpec::size).orElse(0L);
  }

  /// How many steps the rungs of a file's successive halving have, the first one the fewest,
  /// without a look at each run; empty where the file has none.
  ///
  /// @throws InvalidInputException if the file is no YAML
  public static List<Integer> rungs(Path file) throws InvalidInputException {
    Mistakes mistakes = new Mistakes();
    YamlValue.Mapping document = document(file, mistakes);
    int steps =
        Section.top(document, mistakes, _ -> Optional.empty(), KeyListener.NONE)
            .optionalSection("training", "")
            .optional("steps", SpecDecoder.STEPS, 1L)
            .intValue();
    return section(document, mistakes).map(sweep -> sweep.rungs(steps)).orElse(List.of());
  }

  private static Optional<SweepSpec> section(YamlValue.Mapping document, Mistakes mistakes) {
    YamlValue.Entry entry = document.entries().get("sweep");
    return entry != null && entry.value() instanceof YamlValue.Mapping section
        ? SweepDecoder.sweep(section, mistakes)
        : Optional.empty();
  }

  private static YamlValue.Mapping document(Path file, Mistakes mistakes)
      throws InvalidInputException {
    String source = file.toString();
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
    return mapping;
  }
}
