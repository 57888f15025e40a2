package twister.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import twister.data.Corpus;
import twister.experiment.Experiment;
import twister.experiment.RemoteData;
import twister.yaml.InvalidInputException;

/// `twister validate`: finds every mistake and runs nothing.
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Checks experiment files and their data; trains and writes nothing.")
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ExperimentFiles experiments;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    int code = ExitCode.DONE;
    for (Path file : experiments.files()) {
      try {
        Optional<RemoteData> unfetched = experiments.unfetched(file);
        if (unfetched.isPresent()) {
          out.println(
              "%s: good but for its words, which are not fetched yet: %s"
                  .formatted(file, unfetched.get().address()));
          continue;
        }
        Experiment experiment = experiments.read(file);
        String corpus = corpus(experiment.runs().getFirst().corpus());
        String runs = experiment.sweep().isOne() ? "" : ", " + runs(experiment.size());
        out.println(file + ": good, " + corpus + runs);
      } catch (InvalidInputException e) {
        command.commandLine().getErr().println(e.getMessage());
        code = ExitCode.WRONG_INPUT;
      }
    }
    return code;
  }

  private static String corpus(Corpus corpus) {
    int words = corpus.words().size();
    return corpus.isText()
        ? "a text of %,d %s"
            .formatted(corpus.symbols(), corpus.symbols() == 1 ? "character" : "characters")
        : "%,d %s".formatted(words, words == 1 ? "word" : "words");
  }

  private static String runs(int count) {
    return "%,d %s".formatted(count, count == 1 ? "run" : "runs");
  }
}
