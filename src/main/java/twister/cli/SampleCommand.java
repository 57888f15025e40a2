package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
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
import twister.experiment.ScoredModel;
import twister.report.DataTable;
import twister.report.TableFormat;
import twister.spec.CorpusFormat;
import twister.spec.SamplesSpec;
import twister.text.Symbols;
import twister.tracking.RunFolder;
import twister.tracking.RunSearch;
import twister.training.Sampler;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister sample`: new words from a run.
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Draws words from the model of a run, one in each line; or pieces of text.",
      "Without options they are those of the run's samples.csv."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} sample j358 --count 100 --seed 1",
      "  ${ROOT-COMMAND-NAME} sample j358 --prefix em --temperature 0.8",
      "  ${ROOT-COMMAND-NAME} sample j358 --count 1000 --format csv > words.csv",
      "  ${ROOT-COMMAND-NAME} sample u7f0 --length 500          # a run of running text"
    })
final class SampleCommand implements Callable<Integer> {
  private static final int MOST_WORDS = 1_000_000;
  private static final int MOST_CHARACTERS = 1_000_000;

  /// How many there are where the experiment wants none.
  private static final int WORDS = 20;

  private static final int TEXTS = 1;

  /// Between pieces of text.
  private static final String RULE = "---------------";

  /// How the words are printed.
  enum Format {
    TEXT,
    CSV,
    SPREADSHEET
  }

  @Parameters(
      paramLabel = "RUN",
      description = "a run's id, the beginning of the id, or its folder")
  private String run;

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "how many words, or pieces of text (default: as many as the experiment wants, or 20 "
              + "words, 1 text)")
  private Optional<Integer> count = Optional.empty();

  @Option(
      names = "--length",
      paramLabel = "N",
      description = {
        "how many characters a piece of text has",
        "(default: what the experiment says)"
      })
  private Optional<Integer> length = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "of the random numbers, as in PyTorch (default: that of the experiment)")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--prefix",
      paramLabel = "LETTERS",
      description = "what each word begins with (default: nothing)",
      defaultValue = "")
  private String prefix;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "divides the logits: below 1, likely words become more likely; above 1, less so "
              + "(default: 1)",
      defaultValue = "1")
  private double temperature;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "where the run's words are now (default: what its experiment says)")
  private Optional<String> data = Optional.empty();

  @Option(names = "--untrained", description = "takes the initial weights of the run")
  private boolean untrained;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text, or csv and spreadsheet, whose words keep the boundary that ends them; a word "
              + "without was cut (default: text)",
      defaultValue = "text")
  private Format format;

  @Mixin private ResultsOption results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    checkOptions();
    RunFolder folder = RunSearch.run(results.folder(), "RUN", run);
    ScoredModel model = ScoredModel.ofRun(folder, data, untrained);
    SamplesSpec spec = samples(model.samples().orElseThrow(), model.format());
    String beginning = model.format().form().of(prefix);
    if (!beginning.isEmpty()) {
      int least = model.format().isText() ? Math.max(1, model.contexts().length()) : 1;
      ScoredWords.check("--prefix", List.of(beginning), least, model);
      refuseLonger(beginning, spec.lengthLimit());
    }
    Sampler sampler = new Sampler(spec, model.contexts());
    print(sampler.names(model.words(), beginning, temperature), model.format());
    return ExitCode.DONE;
  }

  private void refuseLonger(String beginning, int limit) throws InvalidInputException {
    int symbols = beginning.codePointCount(0, beginning.length());
    if (symbols > limit) {
      throw new InvalidInputException(
          Mistake.in(
              "--prefix",
              "has %,d characters, allowed: at most %,d, the length of a sample"
                  .formatted(symbols, limit)));
    }
  }

  private void checkOptions() throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    if (count.isPresent() && (count.get() < 1 || count.get() > MOST_WORDS)) {
      mistakes.add(
          Mistake.in(
              "--count",
              "found %d, allowed: a whole number from 1 to %,d"
                  .formatted(count.get(), MOST_WORDS)));
    }
    if (length.isPresent() && (length.get() < 1 || length.get() > MOST_CHARACTERS)) {
      mistakes.add(
          Mistake.in(
              "--length",
              "found %d, allowed: a whole number from 1 to %,d"
                  .formatted(length.get(), MOST_CHARACTERS)));
    }
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      mistakes.add(
          Mistake.in(
              "--temperature", "found %s, allowed: a number above 0".formatted(temperature)));
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  /// What the run's experiment says of samples, with what the options say instead.
  private SamplesSpec samples(SamplesSpec kept, CorpusFormat read) throws InvalidInputException {
    if (length.isPresent() && !read.isText()) {
      throw new InvalidInputException(
          Mistake.in("--length", "not with a run of words, which end by themselves"));
    }
    long chosen = seed.orElse(kept.seed());
    if (kept.generator().drawn(chosen) != chosen) {
      throw new InvalidInputException(
          Mistake.in(
              "--seed",
              "found %d, allowed: a whole number from 0 to 4294967295 (torch-cpu takes seeds modulo 2^32)"
                  .formatted(chosen)));
    }
    return new SamplesSpec(
        count.orElse(kept.count() > 0 ? kept.count() : read.isText() ? TEXTS : WORDS),
        kept.generator(),
        chosen,
        length.orElse(kept.lengthLimit()),
        kept.multinomial(),
        Optional.empty());
  }

  private void print(List<String> samples, CorpusFormat read) {
    PrintWriter out = command.commandLine().getOut();
    switch (format) {
      case TEXT -> {
        if (read.isText()) {
          out.println(String.join("\n" + RULE + "\n", samples));
        } else {
          String boundary = Character.toString(read.boundary().orElseThrow());
          samples.forEach(word -> out.println(shown(word, boundary)));
        }
      }
      case CSV -> out.print(TableFormat.CSV.text(table(samples, read)));
      case SPREADSHEET -> out.print(TableFormat.SPREADSHEET.text(table(samples, read)));
    }
    out.flush();
  }

  private static DataTable table(List<String> samples, CorpusFormat read) {
    String name = read.isText() ? "text" : "name";
    return new DataTable(
        List.of(new DataTable.Column(name, name, DataTable.Kind.WORD)),
        samples.stream().map(List::<Object>of).toList());
  }

  private static String shown(String word, String boundary) {
    return word.endsWith(boundary)
        ? Symbols.visible(word.substring(0, word.length() - boundary.length()))
        : Symbols.visible(word) + "…";
  }
}
