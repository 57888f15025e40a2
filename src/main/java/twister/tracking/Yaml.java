package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import twister.yaml.CoreYamlSchema;

/// YAML files of the program's own, written and read by it.
final class Yaml {
  private static final DumpSettings DUMP =
      DumpSettings.builder()
          .setSchema(CoreYamlSchema.only())
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setWidth(1000)
          .build();
  private static final LoadSettings LOAD =
      LoadSettings.builder().setSchema(CoreYamlSchema.only()).build();

  private Yaml() {}

  /// Mappings as block YAML, in their order.
  static String text(Map<String, ?> values) {
    return new Dump(DUMP).dumpToString(values);
  }

  /// Reads a file written by [#text].
  ///
  /// @throws IOException if it cannot be read, is no mapping, or lacks its end
  static Map<?, ?> read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    if (!text.endsWith("\n")) {
      throw new IOException(file.getFileName() + " ends in the middle of a line");
    }
    try {
      return parse(text);
    } catch (YamlEngineException | ClassCastException e) {
      throw new IOException(file.getFileName() + " is not one of Twister's files", e);
    }
  }

  static Map<?, ?> parse(String text) {
    Object value = new Load(LOAD).loadFromString(text);
    return (Map<?, ?>) (value == null ? Map.of() : value);
  }

  /// Nested mappings as one, with full paths such as `model.init.seed` as keys.
  static Map<String, Object> flat(Map<?, ?> values) {
    Map<String, Object> flat = new LinkedHashMap<>();
    values.forEach((key, value) -> flatten(key.toString(), value, flat));
    return flat;
  }

  private static void flatten(String path, Object value, Map<String, Object> flat) {
    if (value instanceof Map<?, ?> nested) {
      nested.forEach((key, inner) -> flatten(path + "." + key, inner, flat));
    } else {
      flat.put(path, value instanceof List<?> ? word(value) : value);
    }
  }

  /// A value in one table cell; a schedule becomes `until 1 rate 100.0; rate 10.0`.
  private static String word(Object value) {
    return switch (value) {
      case List<?> items -> items.stream().map(Yaml::word).collect(Collectors.joining("; "));
      case Map<?, ?> fields ->
          fields.entrySet().stream()
              .map(field -> field.getKey() + " " + word(field.getValue()))
              .collect(Collectors.joining(" "));
      default -> value.toString();
    };
  }
}
