package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.ObjectMapper;
import twister.yaml.CoreYamlSchema;

/// Asks a validator of JSON schemas, which knows nothing of Twister, what it makes of experiment
/// files.
public final class SchemaCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA = schema();

  private SchemaCheck() {}

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(Files.readString(ExperimentSchema.FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is wrong with a file by the schema.
  static List<String> mistakes(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(CoreYamlSchema.only()).build();
    // JSON has no infinite numbers; to editors, `.inf` is a number above all others.
    String finite = yaml.replaceAll("(?<= )(-?)\\.inf\\b", "$11.0e308");
    return SCHEMA.validate(JSON.valueToTree(new Load(settings).loadFromString(finite))).stream()
        .map(Error::toString)
        .toList();
  }

  /// Checks that the schema allows a file that Twister reads.
  public static void assertAllows(String yaml) {
    assertEquals(List.of(), mistakes(yaml), yaml);
  }
}
