package twister.yaml;

import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/// The core schema of YAML 1.2, made once for all documents and threads.
///
/// The library asks its schema for a resolver at each scalar that it writes, and its own one
/// compiles the rules of a new one each time: two thirds of the time of a small document.
public final class CoreYamlSchema implements Schema {
  private static final CoreYamlSchema ONLY = new CoreYamlSchema(new CoreSchema());

  private final ScalarResolver resolver;
  private final Map<Tag, ConstructNode> constructors;

  private CoreYamlSchema(Schema core) {
    resolver = core.getScalarResolver();
    constructors = Map.copyOf(core.getSchemaTagConstructors());
  }

  /// The schema.
  public static CoreYamlSchema only() {
    return ONLY;
  }

  @Override
  public ScalarResolver getScalarResolver() {
    return resolver;
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return constructors;
  }
}
