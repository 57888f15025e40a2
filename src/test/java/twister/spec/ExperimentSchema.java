package twister.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import twister.yaml.ChoiceRule;

/// The JSON schema of experiment files, made of what the decoders ask for and of what
/// docs/experiment-file.md says of keys.
///
/// It allows every file that Twister reads. It cannot say all that Twister refuses, such as words
/// that are not there. It is of draft 7, the one that editors of YAML read.
final class ExperimentSchema {
  /// What `twister schema` prints.
  static final Path FILE = Path.of("src/main/resources/twister/cli/experiment-file.schema.json");

  private static final Set<String> VARYING = Set.of("data", "model", "training");
  private static final String RANGE = "#/definitions/range";

  private final SchemaNode root;
  private final Map<String, String> comments;

  private ExperimentSchema(SchemaNode root, Map<String, String> comments) {
    this.root = root;
    this.comments = comments;
  }

  /// The schema, as objects of JSON.
  static Map<String, Object> of(SchemaRecorder recorder) throws IOException {
    return new ExperimentSchema(recorder.root, KeyComments.read()).document();
  }

  private Map<String, Object> document() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "An experiment file of Twister");
    SchemaNode axis = root.at("sweep").at(SchemaRecorder.ANY_KEY);
    root.at("sweep").keys.remove(SchemaRecorder.ANY_KEY);
    root.at("sweep").at("zip").keys.clear();
    Map<String, Object> properties = new LinkedHashMap<>();
    root.keys.forEach((key, node) -> properties.put(key, property(key, node)));
    properties.put("sweep", sweep());
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    schema.put("allOf", conditions());
    schema.put("definitions", SchemaNode.of("range", range(axis)));
    return schema;
  }

  /// A key and those below it, with what the document says of them. What must be there depends on
  /// the sweep, see [#conditions], but for keys deep inside.
  private Map<String, Object> property(String path, SchemaNode node) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (comments.containsKey(path)) {
      schema.put("description", comments.get(path));
    }
    schema.putAll(node.schema());
    describe(path, schema);
    if (VARYING.contains(path)) {
      schema.remove("required");
    }
    return schema;
  }

  private void describe(String path, Map<String, Object> schema) {
    if (schema.get("properties") instanceof Map<?, ?> inner) {
      Map<String, Object> described = new LinkedHashMap<>();
      inner.forEach(
          (key, value) ->
              described.put(key.toString(), described(path + "." + key, (Map<?, ?>) value)));
      schema.put("properties", described);
    }
  }

  private Map<String, Object> described(String path, Map<?, ?> plain) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (comments.containsKey(path)) {
      schema.put("description", comments.get(path));
    }
    plain.forEach((key, value) -> schema.put(key.toString(), value));
    describe(path, schema);
    return schema;
  }

  private static Map<String, Object> range(SchemaNode axis) {
    SchemaNode ends = new SchemaNode();
    ends.keys.putAll(axis.keys);
    ends.sections.putAll(axis.sections);
    Map<String, Object> schema = ends.schema();
    schema.remove("required"); // Points are those of a grid alone.
    return schema;
  }

  private Map<String, Object> sweep() {
    Map<String, Object> schema = property("sweep", root.at("sweep"));
    schema.remove("required");
    Map<String, Object> keys = new LinkedHashMap<>();
    map(schema, "properties").forEach((key, value) -> keys.put(key.toString(), value));
    Map<String, Object> zipped = new LinkedHashMap<>();
    for (String section : root.keys.keySet().stream().filter(VARYING::contains).toList()) {
      String pointer = "#/properties/" + section;
      varying(section, pointer, root.at(section), keys, zipped);
    }
    Map<String, Object> zip = SchemaNode.of("description", comments.getOrDefault("sweep.zip", ""));
    zip.put("type", "object");
    zip.put("properties", zipped);
    zip.put("additionalProperties", false);
    zip.put("minProperties", 2);
    keys.put("zip", zip);
    schema.put("properties", keys);
    schema.put("type", "object");
    schema.put("minProperties", 1);
    return schema;
  }

  private void varying(
      String above,
      String pointer,
      SchemaNode section,
      Map<String, Object> keys,
      Map<String, Object> zipped) {
    section.keys.forEach(
        (key, node) -> {
          String path = above + "." + key;
          String value = pointer + "/properties/" + key;
          Map<String, Object> list = SchemaNode.of("type", "array");
          list.put("items", SchemaNode.of("$ref", value));
          list.put("minItems", 1);
          Map<String, Object> axis =
              node.isNumber()
                  ? SchemaNode.of("anyOf", List.of(list, SchemaNode.of("$ref", RANGE)))
                  : list;
          keys.put(path, axis);
          zipped.put(path, SchemaNode.of("$ref", "#/properties/sweep/properties/" + path));
          boolean isPlain = node.rules.isEmpty() && node.entriesOfList.isEmpty();
          if (node.isSection() && isPlain) {
            varying(path, value, node, keys, zipped);
          }
        });
  }

  /// What depends on other keys: which keys a kind of model has, where the kind does not vary, and
  /// which have to be there, where no sweep brings them.
  private List<Map<String, Object>> conditions() {
    List<Map<String, Object>> all = new ArrayList<>();
    Map<String, Object> required = SchemaNode.of("required", List.of("data", "model"));
    Map<String, Object> inner = new LinkedHashMap<>();
    VARYING.stream()
        .sorted()
        .forEach(key -> inner.put(key, SchemaNode.of("required", root.at(key).required())));
    inner.put(
        "data",
        SchemaNode.of(
            "oneOf",
            List.of(
                SchemaNode.of("required", List.of("file")),
                SchemaNode.of("required", List.of("url", "sha256")))));
    required.put("properties", inner);
    all.add(when(noSweep(), required));
    for (ModelKind kind : ModelKind.values()) {
      Map<String, Object> isKind = isOf(kind);
      if (kind != ModelKind.COUNTS) {
        Map<String, Object> alone = noSweep();
        alone.putAll(isKind);
        all.add(when(alone, SchemaNode.of("required", List.of("training"))));
      }
      Map<String, Object> oneKind = SchemaNode.of("not", variesKind());
      oneKind.putAll(isKind);
      all.add(when(oneKind, without(ModelKindKeys.foreign(kind))));
    }
    return all;
  }

  private static Map<String, Object> when(Map<String, Object> condition, Map<String, Object> then) {
    Map<String, Object> schema = SchemaNode.of("if", condition);
    schema.put("then", then);
    return schema;
  }

  private static Map<String, Object> noSweep() {
    return SchemaNode.of("not", SchemaNode.of("required", List.of("sweep")));
  }

  private static Map<String, Object> isOf(ModelKind kind) {
    Map<String, Object> schema =
        property("model", property("kind", SchemaNode.of("const", ChoiceRule.name(kind))));
    return schema;
  }

  /// An object that has a key of some schema.
  private static Map<String, Object> property(String key, Map<String, Object> value) {
    Map<String, Object> schema = SchemaNode.of("properties", SchemaNode.of(key, value));
    schema.put("required", List.of(key));
    return schema;
  }

  private static Map<String, Object> variesKind() {
    Map<String, Object> here = SchemaNode.of("required", List.of(ModelKindKeys.KIND));
    return property("sweep", SchemaNode.of("anyOf", List.of(here, property("zip", here))));
  }

  private static Map<String, Object> without(List<String> paths) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String path : paths) {
      int dot = path.indexOf('.');
      if (dot < 0) {
        properties.put(path, false);
      } else {
        Object section =
            properties.computeIfAbsent(
                path.substring(0, dot),
                _ -> SchemaNode.of("properties", new LinkedHashMap<String, Object>()));
        put(map((Map<?, ?>) section, "properties"), path.substring(dot + 1));
      }
    }
    return SchemaNode.of("properties", properties);
  }

  @SuppressWarnings("unchecked") // as made above
  private static void put(Map<?, ?> properties, String key) {
    ((Map<String, Object>) properties).put(key, false);
  }

  /// The full names of all keys in it, for tests.
  static Stream<String> varyingKeys(Map<String, Object> schema) {
    Map<?, ?> sweep = map(map(schema, "properties"), "sweep");
    return map(sweep, "properties").keySet().stream().map(Object::toString);
  }

  private static Map<?, ?> map(Map<?, ?> above, String key) {
    return (Map<?, ?>) Objects.requireNonNull(above.get(key), key);
  }
}
