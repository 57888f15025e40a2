package twister.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import twister.tracking.BigramTable;
import twister.tracking.BigramTables;

/// Writes the files of runs that were never trained.
record RunFolder(Path folder) {
  void metrics(String... rows) throws IOException {
    Files.writeString(
        folder.resolve("metrics.csv"),
        "step,loss,nll,learning_rate\n" + String.join("\n", rows) + "\n");
  }

  void bigrams(BigramTable table) throws IOException {
    BigramTables.write(folder, table);
  }

  Path chart(String name) {
    return folder.resolve("charts").resolve(name);
  }
}
