package twister.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// A value of a YAML document, with the place where it was written.
public sealed interface YamlValue {

  Place place();

  /// The value as a message shows it after `found`.
  String description();

  /// Text, quoted or not.
  record Text(Place place, String text) implements YamlValue {
    @Override
    public String description() {
      return '"' + Excerpt.of(text) + "\" (text)";
    }
  }

  /// A number of the core schema of YAML 1.2, as it was written.
  record Numeral(Place place, String text) implements YamlValue {
    /// Doubles below this hold every whole number.
    private static final double EXACT = 0x1p53;

    @Override
    public String description() {
      return Excerpt.of(text);
    }

    /// The whole number that this is, if it is one and fits a long: `100`, `0x64`, `1e2`, `100.0`.
    OptionalLong whole() {
      if (isOfDigits()) {
        return parsed(text, 10);
      }
      if (text.startsWith("0x") || text.startsWith("0o")) {
        return parsed(text.substring(2), text.charAt(1) == 'x' ? 16 : 8);
      }
      double value = fraction();
      return value == Math.rint(value) && Math.abs(value) < EXACT
          ? OptionalLong.of((long) value)
          : OptionalLong.empty();
    }

    /// The nearest double; not a number where it is written so.
    double fraction() {
      String lower = text.toLowerCase(Locale.ROOT);
      if (lower.startsWith("0x") || lower.startsWith("0o")) {
        OptionalLong whole = whole();
        return whole.isPresent() ? whole.getAsLong() : Double.POSITIVE_INFINITY;
      }
      if (lower.endsWith(".nan")) {
        return Double.NaN;
      }
      if (lower.endsWith(".inf")) {
        return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      return Double.parseDouble(text);
    }

    /// The number itself, the same for `1`, `1.0` and `1e0`.
    public Number number() {
      OptionalLong whole = whole();
      return whole.isPresent() ? (Number) whole.getAsLong() : (Number) fraction();
    }

    /// The number as the core schema reads it: whole where it is written without point and
    /// exponent.
    public Number asWritten() {
      OptionalLong whole = isWrittenAsWhole() ? whole() : OptionalLong.empty();
      if (whole.isEmpty()) {
        return fraction();
      }
      long number = whole.getAsLong();
      return number == (int) number ? (Number) (int) number : (Number) number;
    }

    /// Whether it is written without point and exponent.
    boolean isWrittenAsWhole() {
      return text.startsWith("0x") || text.startsWith("0o") || isOfDigits();
    }

    private boolean isOfDigits() {
      return text.chars().allMatch(c -> c == '-' || c == '+' || (c >= '0' && c <= '9'));
    }

    private static OptionalLong parsed(String digits, int radix) {
      try {
        return OptionalLong.of(Long.parseLong(digits, radix));
      } catch (NumberFormatException beyondLong) {
        return OptionalLong.empty();
      }
    }
  }

  /// `true` or `false`.
  record Truth(Place place, String text) implements YamlValue {
    @Override
    public String description() {
      return text + " (a truth value)";
    }
  }

  /// A key without a value, or `null`.
  record Nothing(Place place) implements YamlValue {
    @Override
    public String description() {
      return "nothing";
    }
  }

  /// A list.
  record Sequence(Place place, List<YamlValue> items) implements YamlValue {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String description() {
      return items.isEmpty() ? "an empty list" : "a list";
    }
  }

  /// Keys and their values, in the order of the document.
  ///
  /// @param entries by the text of the key
  record Mapping(Place place, Map<String, Entry> entries) implements YamlValue {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String description() {
      return entries.isEmpty() ? "an empty mapping" : "a mapping";
    }
  }

  /// A value with a mistake that is reported already.
  record Broken(Place place) implements YamlValue {
    @Override
    public String description() {
      return "a mistake";
    }
  }

  /// A value that an option took out again: as if its key had never been written.
  record Removed(Place place) implements YamlValue {
    @Override
    public String description() {
      return "nothing";
    }
  }

  /// One key of a mapping with its value.
  record Entry(YamlValue key, YamlValue value) {}
}
