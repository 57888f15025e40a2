package twister.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.yaml.ChoiceRule;
import twister.yaml.NumberRule;
import twister.yaml.Rule;
import twister.yaml.TextRule;
import twister.yaml.TruthRule;
import twister.yaml.WholeRule;

/// A key of experiment files with all that it was heard to hold, on its way to a JSON schema.
final class SchemaNode {
  private static final double EXACT = 0x1p53;

  final Map<String, SchemaNode> keys = new LinkedHashMap<>();
  final Set<Rule<?>> rules = new LinkedHashSet<>();
  Optional<SchemaNode> items = Optional.empty();
  Optional<Integer> entriesOfList = Optional.empty();
  Optional<Integer> entriesOfMapping = Optional.empty();

  /// Where it was read as a section, and the keys that had to be there each time.
  final Map<String, Set<String>> sections = new LinkedHashMap<>();

  SchemaNode at(String step) {
    if (!step.equals("[]")) {
      return keys.computeIfAbsent(step, _ -> new SchemaNode());
    }
    items = Optional.of(items.orElseGet(SchemaNode::new));
    return items.get();
  }

  boolean isSection() {
    return !sections.isEmpty();
  }

  /// Whether anything is known of what it may hold.
  boolean isKnown() {
    return !rules.isEmpty() || entriesOfList.isPresent() || entriesOfMapping.isPresent();
  }

  boolean isNumber() {
    return rules.stream().anyMatch(rule -> rule instanceof WholeRule || rule instanceof NumberRule);
  }

  /// The keys that had to be there wherever it was read.
  List<String> required() {
    Set<String> all = new TreeSet<>(keys.keySet());
    sections.values().forEach(all::retainAll);
    return List.copyOf(all);
  }

  /// What it may hold.
  Map<String, Object> schema() {
    List<Map<String, Object>> kinds = new ArrayList<>();
    whole().ifPresent(kinds::add);
    number().ifPresent(kinds::add);
    choice().ifPresent(kinds::add);
    texts().forEach(kinds::add);
    if (rules.stream().anyMatch(TruthRule.class::isInstance)) {
      kinds.add(of("type", "boolean"));
    }
    entriesOfList.ifPresent(least -> kinds.add(list(least)));
    if (entriesOfMapping.isPresent() || (isSection() && kinds.isEmpty())) {
      kinds.add(mapping(entriesOfMapping.orElse(0)));
    }
    return kinds.size() == 1 ? kinds.getFirst() : of("anyOf", kinds);
  }

  static Map<String, Object> of(String key, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  private <R> List<R> rules(Class<R> type) {
    return rules.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Optional<Map<String, Object>> whole() {
    List<WholeRule> found = rules(WholeRule.class);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> schema = of("type", "integer");
    long from = found.stream().mapToLong(WholeRule::from).min().orElseThrow();
    long to = found.stream().mapToLong(WholeRule::to).max().orElseThrow();
    // Editors hold numbers as doubles, which do not tell larger ones apart.
    if (Math.abs((double) from) < EXACT) {
      schema.put("minimum", from);
    }
    if (Math.abs((double) to) < EXACT) {
      schema.put("maximum", to);
    }
    return Optional.of(schema);
  }

  private Optional<Map<String, Object>> number() {
    List<NumberRule> found = rules(NumberRule.class);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> schema = of("type", "number");
    double from = found.stream().mapToDouble(NumberRule::from).min().orElseThrow();
    double to = found.stream().mapToDouble(NumberRule::to).max().orElseThrow();
    if (from == Double.MIN_VALUE) {
      schema.put("exclusiveMinimum", 0);
    } else if (from > -Double.MAX_VALUE) {
      schema.put("minimum", from);
    }
    if (to < Double.MAX_VALUE) {
      schema.put("maximum", to);
    }
    return Optional.of(schema);
  }

  private Optional<Map<String, Object>> choice() {
    List<String> names =
        rules(ChoiceRule.class).stream()
            .flatMap(rule -> ((ChoiceRule<?>) rule).choices().stream())
            .map(ChoiceRule::name)
            .distinct()
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(of("enum", names));
  }

  private Stream<Map<String, Object>> texts() {
    return rules(TextRule.class).stream()
        .map(rule -> "^(?:" + rule.pattern().pattern() + ")$")
        .distinct()
        .map(
            pattern -> {
              Map<String, Object> schema = of("type", "string");
              schema.put("pattern", pattern);
              return schema;
            });
  }

  private Map<String, Object> list(int least) {
    Map<String, Object> schema = of("type", "array");
    items.filter(SchemaNode::isKnown).ifPresent(item -> schema.put("items", item.schema()));
    if (least > 0) {
      schema.put("minItems", least);
    }
    return schema;
  }

  private Map<String, Object> mapping(int least) {
    Map<String, Object> schema = of("type", "object");
    if (isSection()) {
      schema.put("properties", properties());
      schema.put("additionalProperties", false);
      if (!required().isEmpty()) {
        schema.put("required", required());
      }
    } else {
      SchemaNode any = new SchemaNode();
      keys.values().forEach(any::add);
      schema.put("additionalProperties", any.schema());
    }
    if (least > 0) {
      schema.put("minProperties", least);
    }
    return schema;
  }

  private Map<String, Object> properties() {
    return keys.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().schema(),
                (first, _) -> first,
                LinkedHashMap::new));
  }

  private void add(SchemaNode other) {
    rules.addAll(other.rules);
    other.items.ifPresent(item -> at("[]").add(item));
    entriesOfList = entriesOfList.isPresent() ? entriesOfList : other.entriesOfList;
    entriesOfMapping = entriesOfMapping.isPresent() ? entriesOfMapping : other.entriesOfMapping;
    other.keys.forEach((key, node) -> at(key).add(node));
    sections.putAll(other.sections);
  }
}
