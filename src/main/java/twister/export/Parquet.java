package twister.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import twister.tracking.PlainFile;
import twister.tracking.WholeFile;

/// Writes tables as Parquet, by DuckDB, which reads them as CSV. It is there only in builds with
/// the Maven profile `parquet`.
public final class Parquet {
  private static final String DATABASE = "jdbc:duckdb:";

  private Parquet() {}

  /// Whether this build can write Parquet.
  public static boolean isThere() {
    return DriverManager.drivers().anyMatch(Parquet::isDuckDb);
  }

  private static boolean isDuckDb(java.sql.Driver driver) {
    try {
      return driver.acceptsURL(DATABASE);
    } catch (SQLException e) {
      return false; // It is another one.
    }
  }

  /// Writes a table, whole or not at all.
  ///
  /// @throws IOException if it cannot be read or written
  public static void write(LongTable table, Path file) throws IOException {
    PlainFile.refuseOther(file);
    Path parent = file.toAbsolutePath().getParent();
    Path folder = Files.createTempDirectory(parent, ".twister-");
    Path csv = folder.resolve("table.csv");
    Path parquet = folder.resolve("table.parquet");
    try {
      WholeFile.write(csv, table::writeCsv);
      convert(table, csv, parquet);
      try (FileChannel channel = FileChannel.open(parquet, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          parquet, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(csv);
      Files.deleteIfExists(parquet);
      Files.deleteIfExists(folder);
    }
  }

  private static void convert(LongTable table, Path csv, Path parquet) throws IOException {
    String columns =
        table.types().entrySet().stream()
            .map(column -> quoted(column.getKey()) + ": " + quoted(column.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    String rows =
        "read_csv(%s, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', columns = %s)"
            .formatted(quoted(csv.toString()), columns);
    try (Connection database = DriverManager.getConnection(DATABASE);
        Statement statement = database.createStatement()) {
      statement.execute("SET memory_limit = '512MB'");
      statement.execute("SET temp_directory = ''");
      statement.execute(
          "COPY (SELECT * FROM %s) TO %s (FORMAT parquet, COMPRESSION zstd)"
              .formatted(rows, quoted(parquet.toString())));
    } catch (SQLException e) {
      throw new IOException("DuckDB cannot write Parquet: " + e.getMessage(), e);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
