package twister.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import twister.yaml.InvalidInputException;

/// A file in a temporary folder, whose mistakes name it `x.yaml`.
record ExperimentFile(Path folder) {
  /// The least that a file must say.
  static final String COUNTS =
      """
      name: counts
      question: How good are counts?
      data: {file: names.txt}
      model: {kind: counts}
      """;

  /// The least that a file with a training must say.
  static final String SOFTMAX =
      """
      name: bigram
      question: How good is training?
      data: {file: names.txt}
      model: {kind: softmax}
      training:
        steps: 100
        learning-rate: 50
      """;

  ExperimentSpec spec(String text, String... overrides) throws InvalidInputException {
    ExperimentSpec spec =
        SpecReader.read(written(text.getBytes(StandardCharsets.UTF_8)), List.of(overrides));
    if (overrides.length == 0) {
      SchemaCheck.assertAllows(text);
    }
    return spec;
  }

  List<String> mistakes(String text, String... overrides) {
    return mistakes(text.getBytes(StandardCharsets.UTF_8), overrides);
  }

  List<String> mistakes(byte[] bytes, String... overrides) {
    return mistakes(written(bytes), overrides);
  }

  List<String> mistakes(Path file, String... overrides) {
    try {
      SpecReader.read(file, List.of(overrides));
      return List.of();
    } catch (InvalidInputException e) {
      String path = folder.resolve("x.yaml").toString();
      return e.mistakes().stream().map(each -> each.toString().replace(path, "x.yaml")).toList();
    }
  }

  private Path written(byte[] bytes) {
    try {
      return Files.write(folder.resolve("x.yaml"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
