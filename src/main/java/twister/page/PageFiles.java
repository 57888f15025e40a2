package twister.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import twister.report.TableFormat;

/// The templates, styles and scripts of pages, which lie beside the classes.
public final class PageFiles {
  private PageFiles() {}

  /// A template in which what is inserted is escaped for HTML.
  static Template html(String name) {
    return Mustache.compiler()
        .escapeHTML(true)
        .withLoader(part -> new StringReader(text(part + ".html")))
        .compile(text(name));
  }

  /// A template in which what is inserted is escaped for Markdown, in which HTML has a meaning,
  /// too.
  static Template markdown(String name) {
    return Mustache.compiler()
        .withEscaper(TableFormat::escapedForMarkdown)
        .withLoader(part -> new StringReader(text(part + ".md")))
        .compile(text(name));
  }

  /// The names of the files that the live page consists of.
  public static List<String> ofLivePage() {
    return text("watch.files").lines().filter(line -> !line.isEmpty()).toList();
  }

  /// A file as it is.
  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /// A file as it is.
  public static byte[] bytes(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the program's file " + name + " cannot be read", e);
    }
  }
}
