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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import twister.spec.WordForm;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Reads a corpus: UTF-8, one word per line, lines ended by `\n` or `\r\n`.
public final class CorpusReader {
  /// More mistakes than these are counted, not listed: one odd column makes every line wrong.
  private static final int LISTED_MISTAKES = 10;

  private static final long LARGEST_FILE = 1L << 30;

  /// What is no file, such as a pipe, does not say how large it is.
  private static final long LARGEST_PIPE = 1L << 26;

  /// Bytes of memory for each byte of a file while its text is decoded.
  private static final long DECODING = 4;

  /// Bytes of memory for each byte of a file while it is divided, and for each word.
  private static final long DIVIDING = 2;

  private static final long WORD = 56;

  private final String file;
  private final WordForm form;
  private final List<String> words = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private int emptyLines;
  private int mistakesFound;

  private CorpusReader(String file, WordForm form) {
    this.file = file;
    this.form = form;
  }

  /// Reads and checks a file of words, which stay as they are.
  ///
  /// @param path where the file is
  /// @param file the file as the user named it, for messages
  /// @throws InvalidInputException if the file cannot be read, is no text, or holds no usable word
  public static Corpus corpus(Path path, String file) throws InvalidInputException {
    return corpus(path, file, WordForm.AS_IT_IS);
  }

  /// Reads and checks a file of words.
  ///
  /// @param path where the file is
  /// @param file the file as the user named it, for messages
  /// @param form what is made of the words
  /// @throws InvalidInputException if the file cannot be read, is no text, or holds no usable word
  public static Corpus corpus(Path path, String file, WordForm form) throws InvalidInputException {
    byte[] bytes = bytes(path, file);
    CorpusReader reader = new CorpusReader(file, form);
    String text = text(bytes, file);
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    refuseUnlessItFits(DIVIDING * bytes.length + WORD * lines, file);
    reader.split(text);
    return reader.corpus(sha256(bytes));
  }

  private static byte[] bytes(Path path, String file) throws InvalidInputException {
    try {
      if (Files.isDirectory(path)) {
        throw new InvalidInputException(
            Mistake.in(file, "is a folder; allowed: a text file with one word per line"));
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

  private static void refuseUnlessItFits(long needed, String file) throws InvalidInputException {
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
          Mistake.at(file, line, column, "is not UTF-8 text; allowed: one word per line, UTF-8"));
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

  private void split(String text) {
    int line = 0;
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      line++;
      boolean carriageReturn = newline > start && text.charAt(newline - 1) == '\r';
      add(text.substring(start, carriageReturn ? end - 1 : end), line);
      start = end + 1;
    }
  }

  private void add(String word, int line) {
    if (word.codePoints().allMatch(WordSymbols::isWhiteSpace)) {
      emptyLines++;
      return;
    }
    int column = 1;
    for (int i = 0; i < word.length(); column++) {
      int symbol = word.codePointAt(i);
      int next = i + Character.charCount(symbol);
      if (!WordSymbols.isAllowed(symbol, i == 0, next == word.length())) {
        note(line, column, WordSymbols.refusal(symbol, word));
        return;
      }
      i = next;
    }
    words.add(form.of(word));
  }

  private void note(int line, int column, String message) {
    mistakesFound++;
    if (mistakesFound <= LISTED_MISTAKES) {
      mistakes.add(Mistake.at(file, line, column, message));
    }
  }

  private Corpus corpus(String sha256) throws InvalidInputException {
    if (mistakesFound > LISTED_MISTAKES) {
      mistakes.add(
          Mistake.in(file, "and %,d more lines".formatted(mistakesFound - LISTED_MISTAKES)));
    }
    boolean isTable = file.toLowerCase(Locale.ROOT).endsWith(".csv");
    if (isTable && !words.isEmpty() && words.stream().allMatch(word -> word.contains(","))) {
      mistakes.add(
          Mistake.in(
              file,
              "has commas in each line, as a table with columns; allowed: one word per line, such"
                  + " as those that cut -d, -f1 %s writes".formatted(file)));
    }
    if (mistakesFound == 0 && words.isEmpty()) {
      mistakes.add(Mistake.in(file, "holds no word; allowed: one word per line"));
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    return new Corpus(file, words, emptyLines, sha256);
  }
}
