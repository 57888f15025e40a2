package twister.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparedTableTest {
  /// Runs beside each other, each but the first with a difference.
  private static DataTable runs(int count) {
    List<DataTable.Column> columns = new ArrayList<>();
    columns.add(new DataTable.Column("name", "", DataTable.Kind.WORD));
    columns.add(new DataTable.Column("r0", "r0", DataTable.Kind.COUNT));
    List<Object> row = new ArrayList<>(List.of("loss", "3.111111"));
    for (int i = 1; i < count; i++) {
      columns.add(new DataTable.Column("r" + i, "r" + i, DataTable.Kind.COUNT));
      columns.add(new DataTable.Column("difference", "difference", DataTable.Kind.COUNT));
      row.addAll(List.of("2.12345" + i, "+0.0000" + i));
    }
    return new DataTable(columns, List.of(row));
  }

  private static String table(int count, int width) {
    return ComparedTable.text(runs(count), 2, TableFormat.TABLE, width);
  }

  @Test
  void runsThatDoNotFitStandBelowBesideTheFirst() {
    assertEquals(
        """
                      r0        r1  difference        r2  difference
          loss  3.111111  2.123451    +0.00001  2.123452    +0.00002

                      r0        r3  difference        r4  difference
          loss  3.111111  2.123453    +0.00003  2.123454    +0.00004
        """,
        table(5, 66));
  }

  @Test
  void everyRunIsThereOnceWhateverTheWidth() {
    for (int width : IntStream.rangeClosed(40, 200).toArray()) {
      String text = table(9, width);
      assertEquals(0, text.lines().filter(line -> line.length() > width).count(), text);
      for (int run = 1; run < 9; run++) {
        assertEquals(2, text.split("2.12345" + run, -1).length, text);
      }
    }
    assertEquals(2, Stream.of(table(9, Integer.MAX_VALUE).split("\n")).count());
  }
}
