package twister.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The examples of a part of the words, or of the text: made when they are first asked for, once
/// for all models that learn from them or are judged by them.
public final class SplitExamples {
  private final List<String> words;
  private final Contexts contexts;
  private @Nullable Examples ngrams;
  private @Nullable Blocks blocks;

  /// @param words of the corpus, or a part of the text
  /// @param contexts of the corpus
  public SplitExamples(List<String> words, Contexts contexts) {
    this.words = List.copyOf(words);
    this.contexts = contexts;
  }

  /// For n-gram models.
  public synchronized Examples ngrams() {
    if (ngrams == null) {
      ngrams = Ngrams.ofWords(words, contexts);
    }
    return ngrams;
  }

  /// For perceptrons whose blocks are as long as the contexts.
  public synchronized Blocks blocks() {
    if (blocks == null) {
      blocks = Blocks.of(words, contexts.vocabulary(), contexts.length());
    }
    return blocks;
  }
}
