package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaCommandTest extends CommandLineTest {
  @Test
  void schemaIsPrintedAsItIs() throws IOException {
    assertEquals(
        Files.readString(Path.of("src/main/resources/twister/cli/experiment-file.schema.json")),
        twister("schema").out());
  }

  @Test
  void helpHasTheLineThatEditorsRead() {
    String help = twister("schema", "--help").out();
    assertTrue(help.contains("  # yaml-language-server: $schema=experiment.schema.json\n"), help);
  }
}
