package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExperimentNamesTest {
  @Test
  void everyExperimentHasAResultsFolderOfItsOwn() throws Exception {
    List<Path> files;
    try (Stream<Path> found = Files.walk(Path.of("experiments"))) {
      files = found.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
    assertTrue(files.size() > 10, files.toString());
    Map<String, Path> byName = new HashMap<>();
    for (Path file : files) {
      Path before = byName.put(SpecReader.sweep(file, List.of(), List.of()).first().name(), file);
      assertEquals(null, before, file + " has the name of another experiment");
    }
  }
}
