package twister.yaml;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A mapping whose keys are read one by one; those that nobody read are then reported as unknown.
///
/// A method that finds a mistake reports it and returns nothing or the default, so that reading
/// goes on and finds the others.
public final class Section {
  /// What was asked for in all sections of a document.
  private static final class Known {
    final Set<String> paths = new LinkedHashSet<>();
    final Set<String> wholePaths = new HashSet<>();
    final Function<String, Optional<String>> meant;
    final KeyListener listener;

    Known(Function<String, Optional<String>> meant, KeyListener listener) {
      this.meant = meant;
      this.listener = listener;
    }
  }

  private final String path;
  private final Place place;
  private final Map<String, YamlValue.Entry> entries;
  private final Mistakes mistakes;
  private final Set<String> keys = new LinkedHashSet<>();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final Known known;

  private Section(
      String path,
      Place place,
      Map<String, YamlValue.Entry> entries,
      Mistakes mistakes,
      Known known) {
    this.path = path;
    this.place = place;
    this.entries = entries;
    this.mistakes = mistakes;
    this.known = known;
    known.listener.section(path);
  }

  /// The keys of a whole document.
  ///
  /// @param meant the full name of the key that is meant by a key that is none, if that is known
  public static Section top(
      YamlValue.Mapping document,
      Mistakes mistakes,
      Function<String, Optional<String>> meant,
      KeyListener listener) {
    return of("", document, mistakes, meant, listener);
  }

  /// The keys of a part of a document, by the key above them.
  ///
  /// @param meant the full name of the key that is meant by a key that is none, if that is known
  public static Section of(
      String path,
      YamlValue.Mapping content,
      Mistakes mistakes,
      Function<String, Optional<String>> meant,
      KeyListener listener) {
    return new Section(
        path, content.place(), content.entries(), mistakes, new Known(meant, listener));
  }

  /// The first key that was asked for by this name below any section of the document.
  public Optional<String> fullName(String key) {
    return known.paths.stream().filter(full -> full.endsWith("." + key)).findFirst();
  }

  /// The value of a key, if it has one.
  public Optional<KeyedValue> value(String key) {
    String full = KeyPath.join(path, key);
    keys.add(key);
    known.paths.add(full);
    known.listener.key(full);
    return Optional.ofNullable(entries.get(key))
        .map(YamlValue.Entry::value)
        .filter(value -> !(value instanceof YamlValue.Removed))
        .map(value -> new KeyedValue(full, value, mistakes, known.listener));
  }

  /// Where a key of this section stands; the section itself where it has no such key.
  public Place place(String key) {
    YamlValue.Entry entry = entries.get(key);
    return entry == null ? place : entry.key().place();
  }

  /// The meaning of a key that must be there.
  public <T> Optional<T> required(String key, Rule<T> rule) {
    listen(key, rule);
    return required(key, "allowed: " + rule.allowed()).flatMap(value -> value.as(rule));
  }

  /// The value of a key that must be there.
  ///
  /// @param allowed what it may be, in a message that begins with `allowed: `
  public Optional<KeyedValue> required(String key, String allowed) {
    known.listener.required(KeyPath.join(path, key));
    Optional<KeyedValue> found = value(key);
    if (found.isEmpty()) {
      missing(key, allowed);
    }
    return found;
  }

  /// The meaning of a key that may be left out.
  public <T> T optional(String key, Rule<T> rule, T otherwise) {
    listen(key, rule);
    return value(key).flatMap(value -> value.as(rule)).orElse(otherwise);
  }

  private void listen(String key, Rule<?> rule) {
    String full = KeyPath.join(path, key);
    if (rule instanceof WholeRule) {
      known.wholePaths.add(full);
    }
    known.listener.rule(full, rule);
  }

  /// Whether a key, by its full name, takes whole numbers; only those that were asked for are
  /// known.
  public boolean isWhole(String full) {
    return known.wholePaths.contains(full);
  }

  /// The section under a key that must be there.
  ///
  /// @param example a value that would be allowed
  public Optional<Section> requiredSection(String key, String example) {
    return required(key, "allowed: a mapping, such as " + example)
        .flatMap(value -> section(key, value, example));
  }

  /// The section under a key that may be left out, as one without keys then.
  ///
  /// @param example a value that would be allowed
  public Section optionalSection(String key, String example) {
    return value(key)
        .flatMap(value -> section(key, value, example))
        .orElseGet(() -> below(KeyPath.join(path, key), place(key), Map.of()));
  }

  /// The section that an entry of a list under this section is.
  ///
  /// @param example a value that would be allowed
  public Optional<Section> sectionOf(KeyedValue item, String example) {
    return item.asMapping(example)
        .map(mapping -> below(item.path(), mapping.place(), mapping.entries()));
  }

  private Optional<Section> section(String key, KeyedValue value, String example) {
    return value
        .asMapping(example)
        .map(mapping -> below(value.path(), place(key), mapping.entries()));
  }

  private Section below(String full, Place where, Map<String, YamlValue.Entry> content) {
    return new Section(full, where, content, mistakes, known);
  }

  /// Reports what is wrong with the keys together.
  public void refuse(String message) {
    mistakes.add(place, path + ": " + message);
  }

  /// Remembers that a key is not there, which [#end] reports.
  public void missing(String key, String allowed) {
    missing.put(key, KeyPath.join(path, key) + " is missing, " + allowed);
  }

  /// Reports the keys that nobody asked for, and those missing, unless they are there with a slip
  /// of the pen. To be called last.
  public void end() {
    Set<String> misspelt = new HashSet<>();
    entries.forEach(
        (key, entry) -> {
          if (!keys.contains(key)) {
            mistakes.add(entry.key().place(), unknown(key));
            NearestName.of(key, keys).ifPresent(misspelt::add);
            keys.stream()
                .filter(own -> known.meant.apply(key).equals(Optional.of(KeyPath.join(path, own))))
                .forEach(misspelt::add);
          }
        });
    missing.forEach(
        (key, message) -> {
          if (!misspelt.contains(key)) {
            mistakes.add(place, message);
          }
        });
  }

  private String unknown(String key) {
    String found = KeyPath.join(path, key) + " is not a key";
    String here = "(keys here: " + String.join(", ", keys) + ")";
    int colon = key.indexOf(':');
    if (colon > 0 && keys.contains(key.substring(0, colon))) {
      return "%s; a blank belongs after the colon: %s: %s"
          .formatted(found, key.substring(0, colon), key.substring(colon + 1));
    }
    return known
        .meant
        .apply(key)
        .or(() -> NearestName.of(key, keys))
        .or(() -> fullName(key))
        .map(name -> found + "; did you mean " + name + "? " + here)
        .orElse(found + " " + here);
  }
}
