package twister;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The layout of the sources, by google-java-format: lines of 100 characters.
final class SourceFormat {
  private static final Path SOURCES = Path.of("src");

  private final Formatter formatter =
      new Formatter(JavaFormatterOptions.builder().reorderModifiers(true).build());

  /// Lays all sources out anew.
  public static void main(String[] arguments) throws IOException {
    SourceFormat format = new SourceFormat();
    for (Path file : format.unformatted()) {
      Files.writeString(file, format.formatted(file));
      System.out.println(file);
    }
  }

  /// The files that are laid out otherwise.
  List<Path> unformatted() throws IOException {
    return sources().parallelStream().filter(file -> !isFormatted(file)).toList();
  }

  static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private boolean isFormatted(Path file) {
    try {
      return Files.readString(file).equals(formatted(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String formatted(Path file) throws IOException {
    try {
      return StringWrapper.wrap(
          formatter.formatSourceAndFixImports(Files.readString(file)), formatter);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
