package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.data.CorpusReader;
import twister.data.MemoryNeed;
import twister.experiment.ScoredModel;
import twister.experiment.WordFile;
import twister.report.Explanation;
import twister.report.ScoreReport;
import twister.report.ScoreSummary;
import twister.report.TableFormat;
import twister.spec.CorpusFormat;
import twister.spec.DataSpec;
import twister.spec.ModelSpec;
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
      "  ${ROOT-COMMAND-NAME} score emma olivia ava",
      "  ${ROOT-COMMAND-NAME} score --smoothing 1 christosqj",
      "  ${ROOT-COMMAND-NAME} score --run j358 emma --format csv",
      "  ${ROOT-COMMAND-NAME} score --run j358 --file my-words.txt",
      "  ${ROOT-COMMAND-NAME} score --run j358 --untrained --explain emma",
    })
final class ScoreCommand implements Callable<Integer> {
  /// What a symbol takes in memory while it is scored, in bytes, and a score that is a row of CSV
  /// or JSON.
  private static final long BYTES_PER_SYMBOL = 16;

  private static final long BYTES_PER_ROW = 950;

  /// How the scores are printed.
  enum Format {
    TABLE,
    CSV,
    SPREADSHEET,
    JSON
  }

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "words to score")
  private List<String> words = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "words to score, one per line; the table then shows them all in all")
  private Optional<String> file = Optional.empty();

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
      description =
          "words of the counts (default: names.txt); with --run: where the run's words are now "
              + "(default: what its experiment says)")
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

  @Mixin private UnitOption unit;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table, or csv, spreadsheet and json, which have full precision (default: table)",
      defaultValue = "table")
  private Format format;

  @Mixin private CorpusOptions corpus;

  @Mixin private ResultsOption results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    checkOptions();
    ScoredModel scored = model();
    checkExplanation(scored);
    print(scored, words(scored));
    return ExitCode.DONE;
  }

  private void checkOptions() throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    if (words.isEmpty() && file.isEmpty()) {
      mistakes.add(Mistake.in("WORD", "is missing, allowed: one word or more, or --file"));
    } else if (!words.isEmpty()) {
      file.ifPresent(
          _ -> mistakes.add(Mistake.in("--file", "not with words, allowed: one of both")));
    }
    if (run.isPresent()) {
      String message = "not with --run, whose experiment says it";
      model.ifPresent(_ -> mistakes.add(Mistake.in("--model", message)));
      order.ifPresent(_ -> mistakes.add(Mistake.in("--order", message)));
      smoothing.ifPresent(_ -> mistakes.add(Mistake.in("--smoothing", message)));
      corpus.given().forEach(option -> mistakes.add(Mistake.in(option, message)));
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
    if (explain && format != Format.TABLE) {
      mistakes.add(
          Mistake.in("--explain", "not with --format csv and json, which have only the scores"));
    }
    if (explain) {
      file.ifPresent(_ -> mistakes.add(Mistake.in("--explain", "not with --file")));
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  private ScoredModel model() throws InvalidInputException, IOException {
    if (run.isPresent()) {
      return ScoredModel.ofRun(
          RunSearch.run(results.folder(), "--run", run.get()), data, untrained);
    }
    CorpusFormat read = corpus.format();
    WordFile words = WordFile.read(data.orElse("names.txt"), read, order.orElse(DataSpec.BIGRAMS));
    return ScoredModel.ofCounts(words, read, smoothing.orElse(0.0));
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

  /// What is to be scored, in the form that the model's words have.
  private List<String> words(ScoredModel model) throws InvalidInputException {
    int least = model.format().isText() ? model.contexts().length() + 1 : 1;
    if (file.isEmpty()) {
      List<String> formed = words.stream().map(model.format().form()::of).toList();
      ScoredWords.check("WORD", formed, least, model);
      return formed;
    }
    Path path = Path.of(file.get());
    List<String> read = CorpusReader.corpus(path, "--file " + path, model.format()).words();
    ScoredWords.check("--file " + path + ":", read, least, model);
    long ngrams = read.stream().mapToLong(word -> word.codePointCount(0, word.length()) + 1L).sum();
    MemoryNeed memory =
        new MemoryNeed(ngrams * (format == Format.TABLE ? BYTES_PER_SYMBOL : BYTES_PER_ROW));
    if (memory.isTooMuch()) {
      throw new InvalidInputException(
          Mistake.in(
              "--file " + path,
              "holds %,d symbols, whose scores need %s".formatted(ngrams, memory.text())));
    }
    return read;
  }

  private void print(ScoredModel scored, List<String> words) {
    PrintWriter out = command.commandLine().getOut();
    if (file.isPresent() && format == Format.TABLE) {
      out.println(scored.title());
      out.println();
      out.println(
          new ScoreSummary(
                  words,
                  scored.scoring(),
                  scored.format().isText(),
                  scored.data(),
                  scored.zero(),
                  unit.unit())
              .text());
      out.flush();
      return;
    }
    List<ScoredWord> all = words.stream().map(scored.scoring()::of).toList();
    ScoreReport report =
        new ScoreReport(all, scored.format().isText(), scored.data(), scored.zero(), unit.unit());
    switch (format) {
      case CSV -> out.print(TableFormat.CSV.text(report.table()));
      case SPREADSHEET -> out.print(TableFormat.SPREADSHEET.text(report.table()));
      case JSON -> out.print(TableFormat.JSON.text(report.table()));
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
