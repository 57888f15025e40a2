package twister.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The text of a data file, which is UTF-8.
///
/// @param text without the byte order mark
/// @param size in bytes
/// @param sha256 of all bytes, in hexadecimal
record DataFile(String text, int size, String sha256) {
  /// The bits of a mode that say what a file is, and those of a pipe, as POSIX has them.
  private static final int KIND = 0170000;

  private static final int PIPE = 0010000;

  private static final long LARGEST_FILE = 1L << 30;

  /// What is no file, such as a pipe, does not say how large it is.
  private static final long LARGEST_PIPE = 1L << 26;

  /// Bytes of memory for each byte of a file while its text is decoded.
  private static final long DECODING = 4;

  /// Reads a file.
  ///
  /// @param path where the file is
  /// @param file the file as the user named it, for messages
  /// @throws InvalidInputException if the file cannot be read, or is no text
  static DataFile read(Path path, String file) throws InvalidInputException {
    byte[] bytes = bytes(path, file);
    return new DataFile(text(bytes, file), bytes.length, sha256(bytes));
  }

  private static byte[] bytes(Path path, String file) throws InvalidInputException {
    try {
      if (Files.isDirectory(path)) {
        throw new InvalidInputException(Mistake.in(file, "is a folder; allowed: a file of text"));
      }
      if (isNamedPipe(path)) {
        throw new InvalidInputException(
            Mistake.in(file, "is a named pipe, which may never end; allowed: a file of text"));
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        return bytesOfPipe(path, file);
      }
      if (Files.exists(path) && Files.size(path) > LARGEST_FILE) {
        throw new InvalidInputException(Mistake.in(file, "is larger than 1 GiB"));
      }
      if (Files.exists(path)) {
        refuseUnlessItFits(DECODING * Files.size(path), file);
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(Mistake.in(file, "no such file"));
    } catch (AccessDeniedException e) {
      throw new InvalidInputException(Mistake.in(file, "may not be read (permission denied)"));
    } catch (IOException e) {
      throw new InvalidInputException(Mistake.in(file, "cannot be read: " + reason(e)));
    }
  }

  /// Whether it is a pipe that has a place among the files, so that it may have nobody who writes.
  /// The pipes of a shell, such as `/dev/stdin` and `<(...)`, have none.
  private static boolean isNamedPipe(Path path) throws IOException {
    if (!Files.exists(path)
        || Files.isRegularFile(path)
        || !path.getFileSystem().supportedFileAttributeViews().contains("unix")
        || ((int) Files.getAttribute(path, "unix:mode") & KIND) != PIPE) {
      return false;
    }
    try {
      return Files.exists(path.toRealPath());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static byte[] bytesOfPipe(Path path, String file)
      throws IOException, InvalidInputException {
    long most = Math.min(LARGEST_PIPE, MemoryNeed.available() / DECODING / 2);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes((int) most + 1);
      if (bytes.length > most) {
        String problem = "is no file, and does not end after %,d MB".formatted(most >> 20);
        throw new InvalidInputException(Mistake.in(file, problem));
      }
      return bytes;
    }
  }

  /// Refuses what needs more memory than Java has.
  static void refuseUnlessItFits(long needed, String file) throws InvalidInputException {
    MemoryNeed memory = new MemoryNeed(needed);
    if (memory.isTooMuch()) {
      throw new InvalidInputException(Mistake.in(file, "to be read, it needs " + memory.text()));
    }
  }

  /// What is wrong, without the path that is named already.
  private static String reason(IOException problem) {
    return problem instanceof FileSystemException e && e.getReason() != null
        ? e.getReason()
        : String.valueOf(problem.getMessage());
  }

  private static String text(byte[] bytes, String file) throws InvalidInputException {
    if (looksLikeUtf16(bytes)) {
      throw new InvalidInputException(
          Mistake.in(
              file,
              "looks like UTF-16, allowed: UTF-8; iconv -f UTF-16 -t UTF-8 makes it of that"));
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    if (result.isError()) {
      String before = text.toString();
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      String start = before.substring(before.lastIndexOf('\n') + 1);
      int column = 1 + start.codePointCount(0, start.length());
      throw new InvalidInputException(
          Mistake.at(file, line, column, "is not UTF-8 text; allowed: UTF-8"));
    }
    return text.isEmpty() || text.charAt(0) != '\uFEFF'
        ? text.toString()
        : text.subSequence(1, text.length()).toString();
  }

  /// By its mark, or because every other of its first bytes is 0, as those of ASCII letters are.
  private static boolean looksLikeUtf16(byte[] bytes) {
    if (bytes.length < 4) {
      return false;
    }
    int mark = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    boolean isBigEndian = bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0;
    boolean isLittleEndian = bytes[0] != 0 && bytes[1] == 0 && bytes[3] == 0;
    return mark == 0xfeff || mark == 0xfffe || isBigEndian || isLittleEndian;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
