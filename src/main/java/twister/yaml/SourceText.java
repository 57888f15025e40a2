package twister.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// The text of a file written by a person: UTF-8, of modest size, without control characters.
public final class SourceText {
  private static final int MOST_BYTES = 1_000_000;
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int DELETE = 0x7F;

  private SourceText() {}

  /// Reads an experiment file, without its byte order mark.
  ///
  /// @throws InvalidInputException if the file cannot be read as text
  public static String of(Path file) throws InvalidInputException {
    return of(file, MOST_BYTES);
  }

  /// Reads a file, without its byte order mark.
  ///
  /// @param mostBytes how large it may be
  /// @throws InvalidInputException if it cannot be read or is no text, with the place
  public static String of(Path file, int mostBytes) throws InvalidInputException {
    String text = withControlCharacters(file, mostBytes);
    refuseControlCharacters(file.toString(), text);
    return text;
  }

  /// Reads a file that a program wrote, without its byte order mark.
  ///
  /// @param mostBytes how large it may be
  /// @throws InvalidInputException if it cannot be read or is not UTF-8, with the place
  public static String withControlCharacters(Path file, int mostBytes)
      throws InvalidInputException {
    try {
      refuseUnreadable(file, mostBytes);
      return text(file.toString(), bytes(file, mostBytes));
    } catch (IOException e) {
      throw new InvalidInputException(Mistake.in(file.toString(), reason(e)));
    }
  }

  private static void refuseUnreadable(Path file, int mostBytes)
      throws IOException, InvalidInputException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new InvalidInputException(Mistake.in(file.toString(), "is a folder, not a file"));
    }
    if (!attributes.isRegularFile()) {
      throw new InvalidInputException(Mistake.in(file.toString(), "is not a regular file"));
    }
    refuseLarge(file, attributes.size(), mostBytes);
  }

  private static byte[] bytes(Path file, int mostBytes) throws IOException, InvalidInputException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      refuseLarge(file, bytes.length, mostBytes);
      return bytes;
    }
  }

  private static void refuseLarge(Path file, long size, int mostBytes)
      throws InvalidInputException {
    if (size > mostBytes) {
      throw new InvalidInputException(
          Mistake.in(
              file.toString(),
              String.format(Locale.ROOT, "has %,d bytes, allowed: at most %,d", size, mostBytes)));
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "no such file";
      case AccessDeniedException denied -> "cannot be read: permission denied";
      case FileSystemException other when other.getReason() != null ->
          "cannot be read: " + Excerpt.of(other.getReason());
      default -> "cannot be read: " + Excerpt.of(String.valueOf(e.getMessage()));
    };
  }

  private static String text(String source, byte[] bytes) throws InvalidInputException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    String decoded = out.flip().toString();
    String text = decoded.indexOf(BYTE_ORDER_MARK) == 0 ? decoded.substring(1) : decoded;
    if (result.isError()) {
      String found = String.format("found the byte 0x%02X", bytes[in.position()]);
      throw refusal(source, text, found + ", which is not UTF-8 text");
    }
    return text;
  }

  private static void refuseControlCharacters(String source, String text)
      throws InvalidInputException {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (!StreamReader.isPrintable(character) || character == DELETE) {
        String found = String.format("found the character U+%04X", character);
        throw refusal(source, text.substring(0, i), found + ", which no text file has");
      }
    }
  }

  private static InvalidInputException refusal(String source, String before, String message) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int start = before.lastIndexOf('\n') + 1;
    int column = 1 + before.codePointCount(start, before.length());
    return new InvalidInputException(Mistake.at(source, line, column, message));
  }
}
