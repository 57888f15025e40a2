package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.data.Vocabulary;
import twister.experiment.ScoredModel;
import twister.experiment.WordFile;
import twister.report.Explanation;
import twister.report.ScoreReport;
import twister.spec.DataSpec;
import twister.spec.ModelSpec;
import twister.text.Symbols;
import twister.tracking.RunSearch;
import twister.training.ScoredWord;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister score`: what a model makes of words.
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Prints the probability and the loss of words, by a run or by counts.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  twister score emma olivia ava",
      "  twister score --smoothing 1 christosqj",
      "  twister score --run j358 emma --format csv",
      "  twister score --run j358 --untrained --explain emma",
    })
final class ScoreCommand implements Callable<Integer> {
  private static final int LETTERS_LISTED = 64;

  /// How the scores are printed.
  enum Format {
    TABLE,
    CSV
  }

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "words to score")
  private List<String> words;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = {
        "a run: its id, the beginning of it, or its folder",
        "(default: the counts of --data)"
      })
  private Optional<String> run = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "KIND",
      description = "without --run: counts, the default")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = {
        "words of the counts (default: names.txt);",
        "with --run: where the run's words are now (default: what its experiment says)"
      })
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--order",
      paramLabel = "N",
      description = "of the counts: how many symbols an n-gram has (default: 2, bigrams)")
  private Optional<Integer> order = Optional.empty();

  @Option(
      names = "--smoothing",
      paramLabel = "S",
      description = "of the counts: added to every count (default: 0)")
  private Optional<Double> smoothing = Optional.empty();

  @Option(names = "--untrained", description = "takes the initial weights of the run")
  private boolean untrained;

  @Option(
      names = "--explain",
      description = "prints input, output and label of each example as well, and the gradient")
  private boolean explain;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table or csv, which has full precision (default: table)",
      defaultValue = "table")
  private Format format;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the runs are (default: ${DEFAULT-VALUE})",
      defaultValue = "results")
  private Path results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    checkOptions();
    ScoredModel scored = model();
    checkExplanation(scored);
    checkWords(scored);
    print(scored);
    return ExitCode.DONE;
  }

  private void checkOptions() throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    if (run.isPresent()) {
      String message = "not with --run, whose experiment says it";
      model.ifPresent(_ -> mistakes.add(Mistake.in("--model", message)));
      order.ifPresent(_ -> mistakes.add(Mistake.in("--order", message)));
      smoothing.ifPresent(_ -> mistakes.add(Mistake.in("--smoothing", message)));
    } else if (untrained) {
      mistakes.add(Mistake.in("--untrained", "needs --run, a run of softmax or mlp"));
    }
    if (run.isEmpty() && model.isPresent() && !model.get().equals("counts")) {
      mistakes.add(
          Mistake.in(
              "--model " + model.get(),
              "allowed: counts; --run scores by a model that is trained"));
    }
    if (smoothing.isPresent() && !ModelSpec.Counts.isSmoothing(smoothing.get())) {
      mistakes.add(
          Mistake.in(
              "--smoothing",
              "found %s, allowed: %s"
                  .formatted(smoothing.get(), ModelSpec.Counts.SMOOTHING_ALLOWED)));
    }
    if (explain && format == Format.CSV) {
      mistakes.add(Mistake.in("--explain", "not with --format csv, which has only the scores"));
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  private ScoredModel model() throws InvalidInputException, IOException {
    if (run.isPresent()) {
      return ScoredModel.ofRun(RunSearch.run(results, "--run", run.get()), data, untrained);
    }
    WordFile file = WordFile.read(data.orElse("names.txt"), order.orElse(DataSpec.BIGRAMS));
    return ScoredModel.ofCounts(file, smoothing.orElse(0.0));
  }

  private void checkExplanation(ScoredModel scored) throws InvalidInputException {
    if (explain && scored.table().isEmpty()) {
      throw new InvalidInputException(
          Mistake.in(
              "--explain",
              "not with a run of mlp, whose gradient is of five tensors; allowed: runs of softmax"
                  + " and counts"));
    }
  }

  private void checkWords(ScoredModel scored) throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    Vocabulary vocabulary = scored.contexts().vocabulary();
    for (String word : words.stream().map(scored.form()::of).toList()) {
      if (word.isEmpty()) {
        mistakes.add(Mistake.in("WORD", "found nothing, allowed: a word of one letter or more"));
      }
      word.codePoints()
          .filter(letter -> letter == Vocabulary.BOUNDARY || vocabulary.index(letter) < 0)
          .distinct()
          .mapToObj(letter -> unknown(word, letter, scored))
          .forEach(mistakes::add);
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  private static Mistake unknown(String word, int letter, ScoredModel scored) {
    String problem =
        letter == Vocabulary.BOUNDARY
            ? "marks where words begin and end; take it out"
            : "does not occur in %s, allowed: %s"
                .formatted(scored.data(), letters(scored.contexts().vocabulary()));
    int number = word.codePointCount(0, word.indexOf(letter)) + 1;
    return Mistake.in(
        "WORD " + word,
        "letter %d, \"%s\"%s, %s"
            .formatted(
                number,
                Character.toString(letter),
                letter > ' ' && letter < 0x7f ? "" : " (U+%04X)".formatted(letter),
                problem));
  }

  private static String letters(Vocabulary vocabulary) {
    int letters = vocabulary.size() - 1;
    return letters > LETTERS_LISTED
        ? "its %,d letters".formatted(letters)
        : IntStream.rangeClosed(1, letters)
            .mapToObj(index -> Symbols.visible(vocabulary.symbol(index)))
            .collect(Collectors.joining(" "));
  }

  private void print(ScoredModel scored) throws IOException {
    List<ScoredWord> all = words.stream().map(scored.form()::of).map(scored.scoring()).toList();
    ScoreReport report = new ScoreReport(all, scored.data(), scored.zero());
    PrintWriter out = command.commandLine().getOut();
    switch (format) {
      case CSV -> report.writeCsv(out);
      case TABLE -> {
        out.println(scored.title());
        out.println();
        out.println(report.text());
        if (explain) {
          ScoredModel.Table table = scored.table().orElseThrow();
          out.println();
          out.println(
              new Explanation(all, scored.contexts(), table.probabilities(), table.isOfWeights())
                  .text());
        }
      }
    }
    out.flush();
  }
}
