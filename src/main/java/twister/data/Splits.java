package twister.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twister.random.TorchCpuRandom;
import twister.spec.SplitSpec;

/// The words of a corpus, divided: those to learn from, those to compare models by, and those kept
/// for the last look. Each part is in the order of the shuffled words.
public record Splits(List<String> train, List<String> dev, List<String> test) {
  public Splits {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    test = List.copyOf(test);
  }

  /// Every word to learn from.
  public static Splits none(List<String> words) {
    return new Splits(words, List.of(), List.of());
  }

  /// Shuffles the words as `torch.randperm` orders few numbers, and cuts them after the parts that
  /// are asked for. Words that occur several times are shuffled as one, unless that is not wanted.
  public static Splits of(List<String> words, SplitSpec spec) {
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
