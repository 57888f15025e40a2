package twister.tracking;

import java.util.List;
import org.apache.commons.csv.CSVFormat;

/// The CSV dialect of every file that Twister writes: commas, `\n`, a header, quotes where needed.
public final class Csv {
  private Csv() {}

  /// The dialect with a header.
  public static CSVFormat format(List<String> header) {
    return CSVFormat.DEFAULT
        .builder()
        .setRecordSeparator('\n')
        .setHeader(header.toArray(String[]::new))
        .get();
  }
}
