package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.experiment.ResultsFolder;
import twister.experiment.WordFile;
import twister.report.CorpusSummary;
import twister.tracking.CorpusFolder;
import twister.training.CorpusStatistics;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister data`: what is in a file of words or text.
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Counts words, symbols and n-grams of a file; keeps them as CSV.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} data names.txt",
      "  ${ROOT-COMMAND-NAME} data names.txt --order 3 --top 20",
      "  ${ROOT-COMMAND-NAME} data people.csv --column name",
      "  ${ROOT-COMMAND-NAME} data book.txt --kind text",
    })
final class DataCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "UTF-8, by default one word per line")
  private String file;

  @Option(
      names = "--order",
      paramLabel = "N",
      description = "how many symbols an n-gram has (default: ${DEFAULT-VALUE}, bigrams)",
      defaultValue = "2")
  private int order;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "how many of the most frequent n-grams are printed (default: ${DEFAULT-VALUE})",
      defaultValue = "10")
  private int top;

  @Mixin private CorpusOptions corpus;

  @Mixin private ResultsOption results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    if (top < 0) {
      throw new InvalidInputException(
          Mistake.in("--top", "found %,d, allowed: a whole number from 0".formatted(top)));
    }
    WordFile words = WordFile.read(file, corpus.format(), order);
    CorpusStatistics statistics = CorpusStatistics.of(words.corpus(), words.ngrams());
    PrintWriter out = command.commandLine().getOut();
    out.println(CorpusSummary.text(statistics, top));
    out.flush();
    ResultsFolder.check(results.folder(), List.of());
    CorpusFolder.of(results.folder(), Path.of(file))
        .write(statistics)
        .forEach(path -> out.println("  " + path));
    out.flush();
    return ExitCode.DONE;
  }
}
