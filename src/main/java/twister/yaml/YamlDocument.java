package twister.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/// One YAML 1.2 document on its way from the parser's events to values.
///
/// The library's own composer recurses as deep as the document does, lets keys repeat and unfolds
/// merge keys before their places are known. Here a document is refused beyond 20 levels, every
/// value keeps its place, and an alias shares the value it names instead of copying it, so that a
/// small file stays small however its aliases multiply.
public final class YamlDocument {
  private static final int MOST_LEVELS = 20;
  private static final ScalarResolver RESOLVER = CoreYamlSchema.only().getScalarResolver();

  private final Iterator<Event> events;
  private final Function<Mark, Place> places;
  private final Mistakes mistakes;
  private final Map<Anchor, YamlValue> anchored = new HashMap<>();
  private final Set<Anchor> unfinished = new HashSet<>();

  private YamlDocument(String text, Function<Mark, Place> places, Mistakes mistakes) {
    LoadSettings settings =
        LoadSettings.builder()
            .setBufferSize(text.length() + 1)
            .setVersionFunction(any -> any)
            .build();
    this.events = new Parse(settings).parseString(text).iterator();
    this.places = places;
    this.mistakes = mistakes;
  }

  /// The value of a file's text, if it has any.
  ///
  /// @throws InvalidInputException if nothing after a mistake can be read
  public static Optional<YamlValue> ofFile(String source, String text, Mistakes mistakes)
      throws InvalidInputException {
    Function<Mark, Place> places =
        mark -> Place.at(source, mark.getLine() + 1, mark.getColumn() + 1);
    return new YamlDocument(text, places, mistakes).read(Place.in(source));
  }

  /// The value of an option's text, if it has any.
  ///
  /// @throws InvalidInputException if nothing after a mistake can be read
  public static Optional<YamlValue> ofOption(String source, String text, Mistakes mistakes)
      throws InvalidInputException {
    Place place = Place.in(source);
    return new YamlDocument(text, mark -> place, mistakes).read(place);
  }

  /// The value of text without structure: a number, a truth value, text, or nothing.
  public static YamlValue scalar(Place place, String text, boolean plain) {
    Tag tag = RESOLVER.resolve(text, plain);
    if (tag.equals(Tag.NULL)) {
      return new YamlValue.Nothing(place);
    }
    if (tag.equals(Tag.BOOL)) {
      return new YamlValue.Truth(place, text);
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
        ? new YamlValue.Numeral(place, text)
        : new YamlValue.Text(place, text);
  }

  private Optional<YamlValue> read(Place whole) throws InvalidInputException {
    try {
      return document();
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().or(e::getContextMark).map(places).orElse(whole);
      throw mistakes.last(place, "not valid YAML: " + problem(e));
    } catch (YamlEngineException e) {
      throw mistakes.last(whole, "not valid YAML: " + Excerpt.of(String.valueOf(e.getMessage())));
    } catch (NumberFormatException e) {
      // The parser lets it pass for escapes beyond \U7FFFFFFF.
      throw mistakes.last(whole, "not valid YAML: found an escape beyond \\U0010FFFF");
    }
  }

  private String problem(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem()).strip();
    if (problem.contains("(TAB)")) {
      return "found a tab, allowed: spaces";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "found a colon where no key can end; text with \": \" in it needs quotes around it";
    }
    String context =
        e.getContextMark()
            .map(places)
            .map(begin -> begin.line().isPresent() ? " from " + begin.reference() : "")
            .map(from -> ", " + Excerpt.of(String.valueOf(e.getContext())) + from)
            .orElse("");
    return Excerpt.of(problem.replaceFirst("\\. \\(Do not use .*", "")) + context;
  }

  private Optional<YamlValue> document() throws InvalidInputException {
    events.next();
    if (events.next() instanceof StreamEndEvent) {
      return Optional.empty();
    }
    YamlValue value = value(events.next(), "", 1);
    events.next();
    Event after = events.next();
    if (!(after instanceof StreamEndEvent)) {
      throw mistakes.last(place(after), "found a second document, allowed: one");
    }
    return Optional.of(value);
  }

  private YamlValue value(Event event, String path, int level) throws InvalidInputException {
    if (level > MOST_LEVELS) {
      String found = "found lists or mappings in one another, allowed: ";
      throw mistakes.last(place(event), found + MOST_LEVELS + " levels");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias, path);
    }
    NodeEvent node = (NodeEvent) event;
    node.getAnchor().ifPresent(this::open);
    YamlValue value =
        switch (node) {
          case ScalarEvent text ->
              untagged(text.getTag(), scalar(place(text), text.getValue(), text.isPlain()), path);
          case SequenceStartEvent list ->
              untagged(list.getTag(), sequence(list, path, level), path);
          case MappingStartEvent keys -> untagged(keys.getTag(), mapping(keys, path, level), path);
          default -> throw new IllegalStateException("unknown event of the YAML parser: " + event);
        };
    node.getAnchor().ifPresent(anchor -> close(anchor, value));
    return value;
  }

  private void open(Anchor anchor) {
    anchored.remove(anchor);
    unfinished.add(anchor);
  }

  private void close(Anchor anchor, YamlValue value) {
    unfinished.remove(anchor);
    anchored.put(anchor, value);
  }

  private YamlValue aliased(AliasEvent alias, String path) {
    YamlValue value = anchored.get(alias.getAlias());
    if (value != null) {
      return value;
    }
    String reason =
        unfinished.contains(alias.getAlias())
            ? ", which holds itself"
            : ", but nothing above has the anchor &" + Excerpt.of(alias.getAlias().getValue());
    String found = "found the alias *" + Excerpt.of(alias.getAlias().getValue());
    return broken(place(alias), path, found + reason);
  }

  private YamlValue untagged(Optional<String> tag, YamlValue value, String path) {
    if (tag.isEmpty()) {
      return value;
    }
    String shown = tag.get().replace(Tag.PREFIX, "!!");
    return broken(value.place(), path, "found the tag " + Excerpt.of(shown) + ", allowed: no tag");
  }

  private YamlValue sequence(SequenceStartEvent start, String path, int level)
      throws InvalidInputException {
    List<YamlValue> items = new ArrayList<>();
    Event event = events.next();
    while (!(event instanceof SequenceEndEvent)) {
      items.add(value(event, path + "[" + items.size() + "]", level + 1));
      event = events.next();
    }
    return new YamlValue.Sequence(place(start), items);
  }

  private YamlValue mapping(MappingStartEvent start, String path, int level)
      throws InvalidInputException {
    Map<String, YamlValue.Entry> entries = new LinkedHashMap<>();
    Event event = events.next();
    while (!(event instanceof MappingEndEvent)) {
      Optional<String> name = name(event, path);
      YamlValue key = value(event, path, level + 1);
      String below = name.map(text -> KeyPath.join(path, text)).orElse(path);
      YamlValue value = value(events.next(), below, level + 1);
      name.ifPresent(text -> put(entries, below, text, new YamlValue.Entry(key, value)));
      event = events.next();
    }
    return new YamlValue.Mapping(place(start), entries);
  }

  private Optional<String> name(Event event, String path) {
    String found;
    if (event instanceof ScalarEvent scalar) {
      if (!scalar.getValue().equals("<<")) {
        return Optional.of(scalar.getValue());
      }
      found = "found a merge key (<<), allowed: the keys themselves";
    } else {
      found = "found a list, a mapping or an alias as a key, allowed: text";
    }
    broken(place(event), path, found);
    return Optional.empty();
  }

  private void put(
      Map<String, YamlValue.Entry> entries, String path, String name, YamlValue.Entry entry) {
    YamlValue.Entry first = entries.putIfAbsent(name, entry);
    if (first != null) {
      String where = first.key().place().reference();
      broken(entry.key().place(), path, "found a second time, given first at " + where);
    }
  }

  private YamlValue broken(Place place, String path, String message) {
    mistakes.add(place, path.isEmpty() ? message : path + ": " + message);
    return new YamlValue.Broken(place);
  }

  private Place place(Event event) {
    return places.apply(event.getStartMark().orElseThrow());
  }
}
