package twister;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/// The golden files: CSV tables of numbers made elsewhere, which a comment in the first line names.
public final class GoldenFile {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setCommentMarker('#').setHeader().setSkipHeaderRecord(true).get();

  private GoldenFile() {}

  /// The rows of a table beside the published experiments, in order.
  ///
  /// @param name without the folder, such as `bigram-counts.csv`
  public static List<CSVRecord> published(String name) {
    Path path = Path.of("experiments/published", name);
    try (Reader text = Files.newBufferedReader(path)) {
      return FORMAT.parse(text).getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(path.toString(), e);
    }
  }

  /// The rows of a golden file in order; `row.get("loss")` is the value in a column.
  ///
  /// @param name without the folder, such as `samples.csv`
  public static List<CSVRecord> rows(String name) {
    String path = "/golden/" + name;
    InputStream bytes = Objects.requireNonNull(GoldenFile.class.getResourceAsStream(path), path);
    try (Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
      return FORMAT.parse(text).getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
