package twister.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import twister.random.TorchCpuRandom;
import twister.spec.SplitSpec;

/// The words of a corpus, divided: those to learn from, those to compare models by, and those kept
/// for the last look. Each part is in the order of the shuffled words. The parts of a text are
/// pieces of it, in their order.
public record Splits(List<String> train, List<String> dev, List<String> test) {
  public Splits {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    test = List.copyOf(test);
  }

  /// The parts of a corpus.
  ///
  /// @param spec how it is divided; all of it is learnt from where that is empty
  public static Splits of(Corpus corpus, Optional<SplitSpec> spec) {
    if (spec.isEmpty()) {
      return new Splits(corpus.words(), List.of(), List.of());
    }
    return corpus.isText()
        ? ofText(corpus.words().getFirst(), spec.get())
        : ofWords(corpus.words(), spec.get());
  }

  /// Shuffles the words as `torch.randperm` orders few numbers, and cuts them after the parts that
  /// are asked for. Words that occur several times are shuffled as one, unless that is not wanted.
  private static Splits ofWords(List<String> words, SplitSpec spec) {
    List<List<String>> groups = groups(words, spec.keepsDuplicatesTogether());
    int[] order = new TorchCpuRandom(spec.seed()).randperm(groups.size());
    long endOfTrain = Math.round(spec.train() * groups.size());
    long endOfDev = Math.round((spec.train() + spec.dev()) * groups.size());
    List<List<String>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < order.length; i++) {
      parts.get(i < endOfTrain ? 0 : i < endOfDev ? 1 : 2).addAll(groups.get(order[i]));
    }
    return new Splits(parts.get(0), parts.get(1), parts.get(2));
  }

  /// Cuts a text of n symbols after int(train n), where Python's nanoGPT cuts it, and after
  /// int((train + dev) n).
  private static Splits ofText(String text, SplitSpec spec) {
    int symbols = text.codePointCount(0, text.length());
    int endOfTrain = text.offsetByCodePoints(0, (int) (spec.train() * symbols));
    int endOfDev =
        spec.hasTest()
            ? text.offsetByCodePoints(0, (int) ((spec.train() + spec.dev()) * symbols))
            : text.length();
    return new Splits(
        part(text, 0, endOfTrain),
        part(text, endOfTrain, endOfDev),
        part(text, endOfDev, text.length()));
  }

  private static List<String> part(String text, int from, int to) {
    return from == to ? List.of() : List.of(text.substring(from, to));
  }

  private static List<List<String>> groups(List<String> words, boolean together) {
    if (!together) {
      return words.stream().map(List::of).toList();
    }
    Map<String, List<String>> groups = new LinkedHashMap<>();
    words.forEach(word -> groups.computeIfAbsent(word, first -> new ArrayList<>()).add(word));
    return List.copyOf(groups.values());
  }

  /// The parts that have words, by name.
  public Map<String, List<String>> parts() {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    parts.put("train", train);
    parts.put("dev", dev);
    parts.put("test", test);
    parts.values().removeIf(List::isEmpty);
    return parts;
  }
}
