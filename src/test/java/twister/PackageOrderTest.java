package twister;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import twister.backend.Backend;

/// Packages are the stages of an experiment; each uses only those before it.
class PackageOrderTest {
  private static final List<String> ORDER =
      Stream.of(
              "random",
              "text",
              "yaml",
              "spec",
              "data",
              "model",
              "backend",
              "backend.cpu",
              "backend.tornado",
              "training",
              "tracking",
              "expect",
              "ranking",
              "experiment",
              "experiment.spark",
              "chart",
              "report",
              "page",
              "export",
              "watch",
              "cli")
          .map(name -> "twister." + name)
          .toList();

  private static final Pattern ARROW =
      Pattern.compile("\\s+(twister\\S*)\\s+->\\s+(twister\\S*).*");

  @Test
  void everyPackageUsesOnlyThoseBeforeIt() {
    List<Matcher> arrows =
        dependencies().lines().map(ARROW::matcher).filter(Matcher::matches).toList();
    assertTrue(arrows.size() > 10, "jdeps found no dependencies");
    List<String> backward =
        arrows.stream()
            .filter(arrow -> place(arrow.group(1)) < place(arrow.group(2)))
            .map(arrow -> arrow.group(1) + " uses " + arrow.group(2))
            .toList();
    assertEquals(List.of(), backward);
  }

  private static int place(String name) {
    int place = ORDER.indexOf(name);
    assertTrue(place >= 0, name + " has no place in the order of packages");
    return place;
  }

  /// The folder that this build compiled to.
  private static Path classes() {
    try {
      return Path.of(Backend.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String dependencies() {
    StringWriter text = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    int code =
        jdeps.run(
            new PrintWriter(text),
            new PrintWriter(System.err, false, StandardCharsets.UTF_8),
            "-verbose:package",
            "--ignore-missing-deps",
            classes().toString());
    assertEquals(0, code);
    return text.toString();
  }
}
