package twister.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import twister.text.TextWidth;

/// Lines that are broken between words where a terminal would break within them.
public final class WrappedLines {
  /// The spaces before a line of a summary, its name and the spaces after it, below which its text
  /// goes on.
  private static final Pattern LABEL = Pattern.compile(" +(\\w+ {2,})?");

  private static final int LEAST_COLUMNS = 30;

  private WrappedLines() {}

  /// A text whose lines have at most so many columns, unless a word has more or the terminal is too
  /// narrow for more than single words.
  public static String of(String text, int columns) {
    return columns < LEAST_COLUMNS
        ? text
        : text.lines()
            .flatMap(line -> wrapped(line, columns).stream())
            .collect(Collectors.joining("\n"));
  }

  private static List<String> wrapped(String line, int columns) {
    if (TextWidth.of(line) <= columns) {
      return List.of(line);
    }
    Matcher label = LABEL.matcher(line);
    String begin = label.lookingAt() ? label.group() : "";
    String indent = " ".repeat(begin.isEmpty() ? 2 : begin.length());
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder(begin);
    int used = begin.length();
    for (String word : line.substring(begin.length()).split(" ", -1)) {
      boolean isFirst = lines.isEmpty() && current.length() == begin.length();
      int width = TextWidth.of(word) + (isFirst ? 0 : 1);
      if (!isFirst && used + width > columns) {
        lines.add(current.toString());
        current = new StringBuilder(indent).append(word);
        used = indent.length() + TextWidth.of(word);
      } else {
        current.append(isFirst ? "" : " ").append(word);
        used += width;
      }
    }
    lines.add(current.toString());
    return lines;
  }
}
