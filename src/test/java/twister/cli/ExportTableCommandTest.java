package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import twister.export.Parquet;

class ExportTableCommandTest extends CommandLineTest {
  private Answer export(Object... more) {
    List<Object> all = new ArrayList<>(List.of("export", "table", "small", "--results", results));
    all.addAll(List.of(more));
    return twister(all.toArray());
  }

  @Test
  void holdsEachLossOfEachRunOnce() throws IOException {
    trainHostileSweep("Which?");
    Answer answer = export();
    assertEquals(0, answer.code(), answer.err());
    List<CSVRecord> table = rows(results.resolve("small/table.csv"));
    assertTrue(answer.out().contains("table.csv: %,d rows".formatted(table.size())), answer.out());
    List<String> expected = new ArrayList<>();
    for (CSVRecord run : rows(results.resolve("small/runs.csv"))) {
      Path folder = results.resolve("small").resolve(run.get("run"));
      for (CSVRecord row : rows(folder.resolve("metrics.csv"))) {
        expected.add(
            String.join(
                " ",
                List.of(
                    run.get("run"),
                    run.get("training.l2"),
                    run.get("model.init.seed"),
                    "train",
                    row.get("step"),
                    row.get("loss"),
                    row.get("nll"),
                    row.get("learning_rate"))));
      }
      for (CSVRecord row : rows(folder.resolve("evaluation.csv"))) {
        if (!row.get("split").equals("train")) {
          long step = 1 + Long.parseLong(row.get("step"));
          expected.add(
              String.join(
                  " ",
                  List.of(
                      run.get("run"),
                      run.get("training.l2"),
                      run.get("model.init.seed"),
                      row.get("split"),
                      Long.toString(step),
                      row.get("loss"),
                      row.get("loss"),
                      "")));
        }
      }
    }
    List<String> columns =
        List.of(
            "run",
            "training.l2",
            "model.init.seed",
            "part",
            "step",
            "loss",
            "nll",
            "learning_rate");
    List<String> found =
        table.stream()
            .map(row -> String.join(" ", columns.stream().map(row::get).toList()))
            .toList();
    assertEquals(expected, found);
    Set<String> keys = new HashSet<>();
    table.forEach(row -> keys.add(row.get("run") + row.get("part") + row.get("step")));
    assertEquals(table.size(), keys.size());
    assertTrue(table.stream().anyMatch(row -> row.get("status").equals("diverged")));
    assertFalse(table.getFirst().isMapped("model.kind"), "a setting that is the same everywhere");
  }

  @Test
  void countsHaveNoLearningRate() throws IOException {
    Files.writeString(
        small,
        """
        name: small
        data: {file: words.txt}
        model: {kind: counts}
        charts: []
        """);
    run(small, "-q");
    Answer answer = export("--to", folder.resolve("counts.csv"));
    assertEquals(0, answer.code(), answer.err());
    List<CSVRecord> table = rows(folder.resolve("counts.csv"));
    assertEquals(1, table.size());
    assertEquals("", table.getFirst().get("learning_rate"));
  }

  @Test
  void damagedRunIsNamedAndLeftOutWhole() throws IOException {
    Path run = runFolder(run(small, "-q"));
    run(small, "-q", "--set", "training.l2=0.5");
    Path metrics = run.resolve("metrics.csv");
    Files.writeString(metrics, Files.readString(metrics).replace("\n1,", "\n7,"));
    Answer answer = export();
    assertEquals(1, answer.code());
    assertTrue(answer.err().contains("metrics.csv: is not what was written"), answer.err());
    List<CSVRecord> table = rows(results.resolve("small/table.csv"));
    assertEquals(3, table.size());
    assertTrue(table.stream().noneMatch(row -> run.endsWith(row.get("run"))));
  }

  @Test
  void placesWhereNoTableBelongsAreRefused() throws IOException {
    Path run = runFolder(run(small, "-q"));
    Answer inRun = export("--to", run.resolve("table.csv"));
    assertEquals(2, inRun.code());
    assertTrue(inRun.err().contains("is in the folder of a run"), inRun.err());
    assertEquals(2, export("--to", folder.resolve("no/table.csv")).code());
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), run.resolve("run.yaml"));
    Answer linked = export("--to", link);
    assertEquals(1, linked.code());
    assertTrue(linked.err().contains("is a link"), linked.err());
    Path words = folder.resolve("words.txt");
    String before = Files.readString(words);
    for (Path precious : List.of(words, results.resolve("small/runs.csv"), small)) {
      Answer answer = export("--to", precious);
      assertEquals(2, answer.code());
      assertTrue(answer.err().contains("is there and is no such table"), answer.err());
    }
    assertEquals(before, Files.readString(words));
    Path table = folder.resolve("t.csv");
    assertEquals(0, export("--to", table).code());
    assertEquals(0, export("--to", table).code());
  }

  @Test
  void parquetHoldsTheSameOrIsRefusedInASentence() throws IOException, SQLException {
    trainHostileSweep("Which?");
    Path file = folder.resolve("it's.parquet");
    Answer answer = export("--format", "parquet", "--to", file);
    if (!Parquet.isThere()) {
      assertEquals(2, answer.code());
      assertTrue(answer.err().contains("has no DuckDB"), answer.err());
      assertFalse(Files.exists(file));
      return;
    }
    assertEquals(0, answer.code(), answer.err());
    export();
    List<CSVRecord> table = rows(results.resolve("small/table.csv"));
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            database
                .createStatement()
                .executeQuery(
                    "SELECT * FROM read_parquet('%s')"
                        .formatted(file.toString().replace("'", "''")))) {
      for (CSVRecord row : table) {
        assertTrue(rows.next());
        assertEquals(row.get("run"), rows.getString("run"));
        assertEquals(Long.parseLong(row.get("step")), rows.getLong("step"));
        assertEquals(Double.parseDouble(row.get("loss")), rows.getDouble("loss"));
        rows.getDouble("learning_rate");
        assertEquals(row.get("learning_rate").isEmpty(), rows.wasNull());
      }
      assertFalse(rows.next());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertTrue(left.noneMatch(path -> path.toString().contains(".twister-")));
    }
  }
}
