package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import twister.yaml.CoreYamlSchema;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistakes;
import twister.yaml.Place;
import twister.yaml.SourceText;
import twister.yaml.YamlDocument;
import twister.yaml.YamlFields;
import twister.yaml.YamlValue;

/// YAML files of the program's own, written and read by it.
final class Yaml {
  private static final DumpSettings DUMP =
      DumpSettings.builder()
          .setSchema(CoreYamlSchema.only())
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setWidth(1000)
          .build();

  /// Far more than Twister writes.
  private static final int MOST_BYTES = 10_000_000;

  private Yaml() {}

  /// Mappings as block YAML, in their order.
  static String text(Map<String, ?> values) {
    return new Dump(DUMP).dumpToString(values);
  }

  /// Reads a file written by [#text], with the limits that experiment files have.
  ///
  /// @return its keys and values: text, numbers, truth values, lists and mappings, without the keys
  ///   that have no value
  /// @throws IOException if it cannot be read, is no mapping, or lacks its end
  static Map<String, Object> read(Path file) throws IOException {
    return parse(file, source(file));
  }

  /// The text of a file.
  ///
  /// @throws IOException if it cannot be read, or lacks its end
  static String source(Path file) throws IOException {
    PlainFile.refuseOther(file);
    try {
      String text = SourceText.withControlCharacters(file, MOST_BYTES);
      if (!text.endsWith("\n")) {
        throw new IOException(file + ": ends in the middle of a line");
      }
      return text;
    } catch (InvalidInputException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// What the text of a file says, as [#read].
  ///
  /// @throws IOException naming the file if it is no mapping
  static Map<String, Object> parse(Path file, String text) throws IOException {
    try {
      return parse(file.toString(), text);
    } catch (InvalidInputException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// What [#text] has written.
  ///
  /// @param source what the text is called in messages
  /// @throws InvalidInputException if it is no mapping
  private static Map<String, Object> parse(String source, String text)
      throws InvalidInputException {
    Mistakes mistakes = new Mistakes();
    YamlValue value =
        YamlDocument.ofFile(source, text, mistakes)
            .orElse(new YamlValue.Mapping(Place.in(source), Map.of()));
    if (!(value instanceof YamlValue.Mapping mapping)) {
      throw mistakes.last(value.place(), "found " + value.description() + ", allowed: a mapping");
    }
    Map<String, Object> plain = plain(mapping, new Parts(mistakes));
    mistakes.throwIfAny();
    return plain;
  }

  /// What would be read of fields once they are written.
  static Map<String, Object> plain(YamlFields fields) {
    return plain(fields.asRead(Place.in("")), new Parts(new Mistakes()));
  }

  private static Map<String, Object> plain(YamlValue.Mapping mapping, Parts parts) {
    Map<String, Object> plain = new LinkedHashMap<>();
    if (parts.isNew(mapping)) {
      mapping
          .entries()
          .forEach((key, entry) -> plain(entry.value(), parts).ifPresent(v -> plain.put(key, v)));
    }
    return plain;
  }

  private static List<Object> plain(YamlValue.Sequence list, Parts parts) {
    return parts.isNew(list)
        ? list.items().stream().flatMap(item -> plain(item, parts).stream()).toList()
        : List.of();
  }

  /// A value without its place; none of nothing.
  private static Optional<Object> plain(YamlValue value, Parts parts) {
    return switch (value) {
      case YamlValue.Text(_, String text) -> Optional.of(text);
      case YamlValue.Numeral number -> Optional.of(number.asWritten());
      case YamlValue.Truth(_, String text) -> Optional.of(Boolean.valueOf(text));
      case YamlValue.Sequence list -> Optional.of(plain(list, parts));
      case YamlValue.Mapping mapping -> Optional.of(plain(mapping, parts));
      case YamlValue.Nothing _, YamlValue.Removed _, YamlValue.Broken _ -> Optional.empty();
    };
  }

  /// The lists and mappings met so far. Twister writes none twice by an alias, through which a
  /// small file could unfold to any size.
  private static final class Parts {
    private final Set<YamlValue> met = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Mistakes mistakes;

    Parts(Mistakes mistakes) {
      this.mistakes = mistakes;
    }

    boolean isNew(YamlValue part) {
      boolean isNew = met.add(part);
      if (!isNew) {
        mistakes.add(part.place(), "is there again by an alias, allowed: no alias");
      }
      return isNew;
    }
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
