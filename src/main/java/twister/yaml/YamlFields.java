package twister.yaml;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Keys with their values in the order in which they are put, on their way to YAML.
public final class YamlFields {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder().setSchema(CoreYamlSchema.only()).setSplitLines(false).build();

  private final List<NodeTuple> fields = new ArrayList<>();

  /// Text, quoted where YAML would read it as something else.
  public YamlFields put(String key, String text) {
    return put(key, scalar(Tag.STR, text));
  }

  /// The name of a constant.
  public YamlFields put(String key, Enum<?> choice) {
    return put(key, ChoiceRule.name(choice));
  }

  /// A whole number.
  public YamlFields put(String key, long number) {
    return put(key, scalar(Tag.INT, Long.toString(number)));
  }

  /// A number that is read back as the same double.
  public YamlFields put(String key, double number) {
    return put(key, scalar(Tag.FLOAT, Double.toString(number)));
  }

  /// `true` or `false`.
  public YamlFields put(String key, boolean truth) {
    return put(key, scalar(Tag.BOOL, Boolean.toString(truth)));
  }

  /// Names, in one line.
  public YamlFields put(String key, List<? extends Enum<?>> choices) {
    List<Node> items = new ArrayList<>();
    choices.forEach(choice -> items.add(scalar(Tag.STR, ChoiceRule.name(choice))));
    return put(key, new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW));
  }

  /// Numbers that are read back as the same doubles, in one line.
  public YamlFields putNumbers(String key, double... numbers) {
    List<Node> items = new ArrayList<>();
    for (double number : numbers) {
      items.add(scalar(Tag.FLOAT, Double.toString(number)));
    }
    return put(key, new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW));
  }

  /// A list with a line for each of its mappings.
  public YamlFields putLines(String key, List<YamlFields> lines) {
    List<Node> items = new ArrayList<>();
    lines.forEach(line -> items.add(new MappingNode(Tag.MAP, line.fields, FlowStyle.FLOW)));
    return put(key, new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK));
  }

  /// A section of its own.
  public YamlFields put(String key, YamlFields section) {
    return put(key, section.node());
  }

  /// A value as it was read.
  public YamlFields put(String key, YamlValue value) {
    return put(key, node(value));
  }

  private static Node node(YamlValue value) {
    return switch (value) {
      case YamlValue.Text(_, String text) -> scalar(Tag.STR, text);
      case YamlValue.Numeral number ->
          scalar(number.isWrittenAsWhole() ? Tag.INT : Tag.FLOAT, number.text());
      case YamlValue.Truth(_, String text) -> scalar(Tag.BOOL, text);
      case YamlValue.Sequence(_, List<YamlValue> items) ->
          new SequenceNode(Tag.SEQ, items.stream().map(YamlFields::node).toList(), FlowStyle.FLOW);
      case YamlValue.Mapping(_, var entries) -> {
        YamlFields fields = new YamlFields();
        entries.forEach(
            (key, entry) -> {
              if (!(entry.value() instanceof YamlValue.Removed)) {
                fields.put(key, entry.value());
              }
            });
        boolean isPlain =
            entries.values().stream()
                .noneMatch(entry -> entry.value() instanceof YamlValue.Mapping);
        yield new MappingNode(Tag.MAP, fields.fields, isPlain ? FlowStyle.FLOW : FlowStyle.BLOCK);
      }
      case YamlValue.Nothing _, YamlValue.Removed _, YamlValue.Broken _ -> scalar(Tag.NULL, "null");
    };
  }

  /// The fields as a document.
  public String yaml() {
    Document document = new Document();
    new Dump(SETTINGS).dumpNode(node(), document);
    return document.toString();
  }

  /// The fields as they would be read back, all from one place.
  public YamlValue.Mapping asRead(Place place) {
    return mapping(place, fields);
  }

  private static YamlValue.Mapping mapping(Place place, List<NodeTuple> fields) {
    Map<String, YamlValue.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple field : fields) {
      String key = ((ScalarNode) field.getKeyNode()).getValue();
      entries.put(
          key,
          new YamlValue.Entry(new YamlValue.Text(place, key), value(place, field.getValueNode())));
    }
    return new YamlValue.Mapping(place, entries);
  }

  private static YamlValue value(Place place, Node node) {
    return switch (node) {
      case MappingNode inner -> mapping(place, inner.getValue());
      case SequenceNode list ->
          new YamlValue.Sequence(
              place, list.getValue().stream().map(item -> value(place, item)).toList());
      case ScalarNode scalar when scalar.getTag().equals(Tag.STR) ->
          new YamlValue.Text(place, scalar.getValue());
      case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) ->
          new YamlValue.Truth(place, scalar.getValue());
      case ScalarNode scalar -> new YamlValue.Numeral(place, scalar.getValue());
      default -> throw new IllegalStateException("no field has a value of " + node.getNodeType());
    };
  }

  private YamlFields put(String key, Node value) {
    Tag tag = key.chars().allMatch(Character::isDigit) ? Tag.INT : Tag.STR;
    fields.add(new NodeTuple(scalar(tag, key), value));
    return this;
  }

  private Node node() {
    return new MappingNode(Tag.MAP, fields, fields.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private static Node scalar(Tag tag, String text) {
    // Plain text over several lines is not always read back by the library, as after "a:\nb".
    ScalarStyle style = text.contains("\n") ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
    return new ScalarNode(tag, text, style);
  }

  private static final class Document extends StringWriter implements StreamDataWriter {}
}
