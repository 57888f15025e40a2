package twister.yaml;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A value under its full key, ready to be read.
///
/// @param path the full key, for messages
public record KeyedValue(String path, YamlValue value, Mistakes mistakes, KeyListener listener) {

  /// What the value means; empty when it is refused, which is then reported.
  public <T> Optional<T> as(Rule<T> rule) {
    Optional<T> meaning = meaning(rule);
    if (meaning.isEmpty()) {
      refuse(rule.allowed() + rule.advice(value));
    }
    return meaning;
  }

  /// What the value means; empty when it is refused, which is not reported.
  public <T> Optional<T> meaning(Rule<T> rule) {
    listener.rule(path, rule);
    return rule.meaning(value);
  }

  /// The entries of a list; empty when the value is no list, which is then reported.
  ///
  /// @param example a value that would be allowed
  public Optional<List<KeyedValue>> asList(String example) {
    return asList(example, 0);
  }

  private Optional<List<KeyedValue>> asList(String example, int least) {
    listener.list(path, least);
    if (!(value instanceof YamlValue.Sequence sequence)) {
      refuse("a list, such as " + example);
      return Optional.empty();
    }
    List<KeyedValue> items = new ArrayList<>();
    for (YamlValue item : sequence.items()) {
      items.add(at(path + "[" + items.size() + "]", item));
    }
    return Optional.of(items);
  }

  /// The mapping that the value is; empty when it is none, which is then reported.
  ///
  /// @param example a value that would be allowed
  public Optional<YamlValue.Mapping> asMapping(String example) {
    return asMapping(example, 0);
  }

  private Optional<YamlValue.Mapping> asMapping(String example, int least) {
    listener.mapping(path, least);
    if (value instanceof YamlValue.Mapping mapping) {
      return Optional.of(mapping);
    }
    refuse("a mapping, such as " + example);
    return Optional.empty();
  }

  /// The mapping that the value is; empty when it is none or has no entries, which is then
  /// reported.
  ///
  /// @param example a value that would be allowed
  public Optional<YamlValue.Mapping> asFilledMapping(String example) {
    Optional<YamlValue.Mapping> mapping = asMapping(example, 1);
    if (mapping.isPresent() && mapping.get().entries().isEmpty()) {
      refuse("a mapping of at least one, such as " + example);
      return Optional.empty();
    }
    return mapping;
  }

  /// The name of a file that is there; another one is reported.
  ///
  /// @param where a file of that name would be
  public Optional<String> asFile(UnaryOperator<Path> where) {
    Optional<String> name = as(TextRule.FILE);
    if (name.isPresent() && !Files.isRegularFile(where.apply(Path.of(name.get())))) {
      boolean isFolder = Files.isDirectory(where.apply(Path.of(name.get())));
      report(isFolder ? name.get() + " is a folder, no file" : "there is no file " + name.get());
      return Optional.empty();
    }
    return name;
  }

  /// The entries of a list; empty when the value is no list or has no entries, which is then
  /// reported.
  ///
  /// @param example a value that would be allowed
  public Optional<List<KeyedValue>> asFilledList(String example) {
    Optional<List<KeyedValue>> items = asList(example, 1);
    if (items.isPresent() && items.get().isEmpty()) {
      refuse("a list of at least one, such as " + example);
      return Optional.empty();
    }
    return items;
  }

  /// A value inside this one.
  public KeyedValue at(String full, YamlValue inner) {
    return new KeyedValue(full, inner, mistakes, listener);
  }

  /// A key of the mapping that the value is.
  public KeyedValue key(YamlValue key) {
    return new KeyedValue(path, key, mistakes, KeyListener.NONE);
  }

  /// Reports what is wrong with what the value names.
  public void report(String problem) {
    mistakes.add(value.place(), path + ": " + problem);
  }

  /// Reports the value as one that cannot be here, unless it was reported before.
  public void refuse(String allowed) {
    if (!(value instanceof YamlValue.Broken)) {
      mistakes.add(
          value.place(), path + ": found " + value.description() + ", allowed: " + allowed);
    }
  }
}
