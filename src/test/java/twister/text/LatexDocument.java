package twister.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// A document that LaTeX compiles, where it is installed.
public final class LatexDocument {
  private LatexDocument() {}

  /// Compiles a document as `doc.pdf`; the test is skipped where there is no LaTeX, and fails where
  /// it cannot be compiled.
  ///
  /// @param folder of the files that it reads
  /// @return the log
  public static String compile(Path folder, String document)
      throws IOException, InterruptedException {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    assumeTrue(
        Stream.of(path.split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "pdflatex"))),
        "pdflatex is not installed: nothing was compiled");
    Files.writeString(folder.resolve("doc.tex"), document);
    Process latex =
        new ProcessBuilder("pdflatex", "-interaction=batchmode", "-halt-on-error", "doc.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = latex.waitFor();
    String log = Files.readString(folder.resolve("doc.log"));
    assertEquals(0, code, log);
    return log;
  }
}
