package twister.spec;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import twister.yaml.InvalidInputException;
import twister.yaml.KeyListener;
import twister.yaml.Mistakes;
import twister.yaml.Rule;
import twister.yaml.YamlDocument;
import twister.yaml.YamlValue;

/// Hears of what the decoders ask sample documents that have every key there is.
final class SchemaRecorder implements KeyListener {
  /// What stands for any key that varies in a sweep.
  static final String ANY_KEY = "KEY";

  /// Samples of each kind of model and each form of a value.
  static final List<String> EXPERIMENTS =
      List.of(
          """
          name: all
          question: Which keys are there?
          data:
            file: names.txt
            sha256: '%s'
            words: 9
            split: {train: 0.8, dev: 0.1, test: 0.1, seed: 1, keep-duplicates-together: true}
            order: 2
          model: {kind: softmax, init: {generator: torch-cpu, seed: 1}}
          training:
            steps: 9
            learning-rate: [{until: 5, rate: 1}, {until: 9, rate: 0.1}]
            stop: {target: 1, patience: 1, every: 1, loss: dev}
            checkpoint: 60s
          device: cpu
          samples: {length-limit: 9, multinomial: mkl, every: 1, reseed: true}
          charts: [loss]
          expect:
            document: a paper
            loss: {0: 3.3}
            within: 1
            words: 9
            shortest: 1
            longest: 9
            symbols: 27
            examples: 99
            parameters: 729
            counts: counts.csv
            mean-square: {value: 1, within: 1}
            scores:
            - {words: [em], log-likelihood: 1, loss: 1, bigrams: {em: 0.1}}
            samples: [em.]
            sample-sets: {0: [em.]}
            draws: {weights: rand, seed: 1, probabilities: [0.5, 0.5], classes: '01'}
            untrained: {words: [em], probabilities: p.csv, gradient: g.csv}
          """
              .formatted("0".repeat(64)),
          """
          data: {file: names.txt}
          model: {kind: softmax}
          training: {steps: 9, learning-rate: 1}
          device: {kind: fpga, bitstream: kernels.aocx, config: options.conf}
          """,
          """
          data: {file: names.txt}
          model: {kind: softmax}
          training: {steps: 9, learning-rate: {range-test: {log: [0.1, 1]}}}
          """,
          """
          data: {file: names.txt}
          model: {kind: softmax}
          training: {steps: 9, learning-rate: {range-test: {linear: [0.1, 1]}}}
          """,
          """
          data: {file: names.csv, column: name, boundary: '#'}
          model: {kind: counts, smoothing: 1}
          """,
          """
          data: {file: names.csv, column: 1}
          model: {kind: counts}
          """,
          """
          data: {file: names.txt}
          model: {kind: softmax}
          training: {steps: 9, learning-rate: 1}
          charts:
            kinds: [loss]
            style:
              width: 8.5cm
              height: 6cm
              font-size: 9
              font: Latin Modern Roman
              unit: bits
              smooth: 1
              log-x: true
              log-y: true
              scale: log
          """,
          """
          data: {file: book.txt, kind: text}
          model: {kind: counts}
          samples: {length: 9}
          """,
          """
          data: {url: 'https://example.org/words.txt', sha256: '%s'}
          model: {kind: counts}
          """
              .formatted("0".repeat(64)),
          """
          data: {file: names.txt}
          model: {kind: mlp}
          training: {steps: 9, learning-rate: 1, batch: 2, batches: torch-cpu}
          """);

  /// Samples of the section of sweeps.
  static final List<String> SWEEPS =
      List.of(
          "{training.l2: [0, 1], seeds: 2}",
          "{training.l2: {log: [1, 2], points: 2}, seeds: [1, 2]}",
          "{training.l2: {linear: [1, 2], points: 2}}",
          "{zip: {training.l2: [0, 1], training.steps: [1, 2]}}",
          "{method: random, runs: 2, seed: 1, training.l2: [0, 1]}",
          "{method: successive-halving, runs: 9, factor: 3, training.l2: [0, 1]}");

  private static final Pattern SWEPT = Pattern.compile("^sweep\\.(zip\\.)?training\\.[a-z0-9-]+");
  private static final Pattern STEP = Pattern.compile("\\[\\d+]|[^.\\[]+");

  final SchemaNode root = new SchemaNode();

  /// The samples in which keys of the experiment itself had to be there, by these keys.
  final Set<String> read = new HashSet<>();

  private String sample = "";

  private SchemaRecorder() {}

  /// What the decoders ask all samples.
  static SchemaRecorder ofSamples() {
    SchemaRecorder recorder = new SchemaRecorder();
    for (String text : EXPERIMENTS) {
      recorder.sample = text;
      Mistakes mistakes = new Mistakes();
      try {
        new SpecDecoder(mapping(text), Path.of("sample.yaml"), mistakes, recorder).experiment();
      } catch (InvalidInputException found) {
        refuseMistakes(found, text);
      }
    }
    for (String text : SWEEPS) {
      recorder.sample = text;
      Mistakes mistakes = new Mistakes();
      SweepDecoder.sweep(mapping(text), mistakes, recorder);
      try {
        mistakes.throwIfAny();
      } catch (InvalidInputException found) {
        refuseMistakes(found, text);
      }
    }
    return recorder;
  }

  private static void refuseMistakes(InvalidInputException found, String text) {
    List<String> others =
        found.mistakes().stream()
            .map(mistake -> mistake.message())
            .filter(message -> !message.contains("there is no file"))
            .toList();
    if (!others.isEmpty()) {
      throw new IllegalStateException(others + " in the sample\n" + text);
    }
  }

  private static YamlValue.Mapping mapping(String text) {
    try {
      return (YamlValue.Mapping)
          YamlDocument.ofOption("sample", text, new Mistakes()).orElseThrow();
    } catch (InvalidInputException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The key of a full name, whose entries of lists are all the same.
  SchemaNode node(String path) {
    SchemaNode node = root;
    String general = SWEPT.matcher(path).replaceFirst(match -> "sweep." + zip(match) + ANY_KEY);
    for (MatchResult step : STEP.matcher(general).results().toList()) {
      node = node.at(step.group().startsWith("[") ? "[]" : step.group());
    }
    return node;
  }

  private static String zip(MatchResult match) {
    return match.group(1) == null ? "" : match.group(1);
  }

  private Set<String> requiredOf(String section) {
    return node(section).sections.computeIfAbsent(sample + "\n" + section, _ -> new HashSet<>());
  }

  @Override
  public void key(String path) {
    node(path);
  }

  @Override
  public void required(String path) {
    int dot = path.lastIndexOf('.');
    requiredOf(dot < 0 ? "" : path.substring(0, dot)).add(path.substring(dot + 1));
  }

  @Override
  public void rule(String path, Rule<?> rule) {
    node(path).rules.add(rule);
  }

  @Override
  public void list(String path, int least) {
    SchemaNode node = node(path);
    node.entriesOfList = Optional.of(Math.max(least, node.entriesOfList.orElse(0)));
  }

  @Override
  public void mapping(String path, int least) {
    SchemaNode node = node(path);
    node.entriesOfMapping = Optional.of(Math.max(least, node.entriesOfMapping.orElse(0)));
  }

  @Override
  public void section(String path) {
    requiredOf(path);
  }

  /// The full names of keys of which nothing is known but that they are read, as no sample has
  /// them.
  Stream<String> unknown() {
    return unknown("", root);
  }

  private static Stream<String> unknown(String path, SchemaNode node) {
    return node.keys.entrySet().stream()
        .flatMap(entry -> unknown(path, entry))
        .filter(name -> !name.equals("sweep"));
  }

  private static Stream<String> unknown(String path, Map.Entry<String, SchemaNode> entry) {
    String full = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
    SchemaNode node = entry.getValue();
    return node.isKnown() || node.isSection()
        ? Stream.concat(
            unknown(full, node), node.items.stream().flatMap(item -> unknown(full + "[]", item)))
        : Stream.of(full);
  }
}
