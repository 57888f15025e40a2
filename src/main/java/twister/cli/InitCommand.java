package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.data.CorpusReader;
import twister.spec.CorpusFormat;
import twister.spec.FileSearch;
import twister.spec.FolderName;
import twister.spec.WordForm;
import twister.text.CommandName;
import twister.tracking.WholeFile;
import twister.yaml.Excerpt;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;
import twister.yaml.NearestName;
import twister.yaml.Place;
import twister.yaml.TextRule;
import twister.yaml.YamlValue;

/// `twister init`: an experiment file to begin with.
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Writes an experiment file for a kind of question, with a comment on each key.",
      "The name of the file is that of the experiment."
    },
    footerHeading = "%nKinds:%n",
    footer = {
      "  learning-rate   Which learning rate gives the lowest loss?",
      "  regularization  Does L2 regularization help, and how strong should it be?",
      "  seeds           How much of the loss is luck of the initial weights?",
      "  order           How many letters should the model look back?",
      "  perceptron      How many hidden units does a perceptron need?",
      "  own-words       What words does a model make up that knows my own ones?",
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} init rates.yaml",
      "  ${ROOT-COMMAND-NAME} init --kind own-words --data towns.txt towns.yaml",
      "  ${ROOT-COMMAND-NAME} init --data towns.csv --column name towns.yaml"
    })
final class InitCommand implements Callable<Integer> {
  private static final Pattern TABLE = Pattern.compile("(?i)\\.[ct]sv$");

  private static final Pattern ENDING = Pattern.compile("\\.ya?ml$");

  @Parameters(paramLabel = "FILE", description = "the .yaml file to write, which is not there yet")
  private Path file;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      completionCandidates = QuestionKind.Words.class,
      description = "the kind of question, see below (default: learning-rate)")
  private String kind = QuestionKind.LEARNING_RATE.word();

  @Option(
      names = "--data",
      paramLabel = "WORDS",
      description = "the file of words (default: names.txt; of own-words words.txt)")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      description = "the column of a CSV or TSV that holds the words: its name, or its number")
  private Optional<String> column = Optional.empty();

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    QuestionKind question = kind();
    String words = data.orElse(question.data());
    check(words);
    checkTable(words);
    WholeFile.write(
        file, out -> out.write(question.text(words, column).getBytes(StandardCharsets.UTF_8)));
    PrintWriter out = command.commandLine().getOut();
    out.println(file + ": " + question.question());
    if (!Files.exists(FileSearch.find(Path.of(words), file))) {
      out.println(
          "It learns from "
              + words
              + ", which is not there yet: "
              + (column.isPresent()
                  ? "a table with the words in a column."
                  : "one word per line."));
    }
    out.println("Next:");
    List.of("validate", "plan", "run")
        .forEach(next -> out.println("  " + CommandName.with(next + " " + file)));
    out.flush();
    return ExitCode.DONE;
  }

  private QuestionKind kind() throws InvalidInputException {
    Optional<QuestionKind> found = QuestionKind.of(kind);
    if (found.isEmpty()) {
      String nearest =
          NearestName.of(kind, QuestionKind.words())
              .map(", did you mean %s?"::formatted)
              .orElse("");
      throw new InvalidInputException(
          Mistake.in(
              "--kind " + Excerpt.of(kind),
              "there is no such kind%s (kinds: %s)"
                  .formatted(nearest, String.join(", ", QuestionKind.words()))));
    }
    return found.get();
  }

  private void check(String words) throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    fileMistake().map(text -> Mistake.in("FILE " + shown(), text)).ifPresent(mistakes::add);
    if (TextRule.FILE.meaning(new YamlValue.Text(Place.in("--data"), words)).isEmpty()) {
      mistakes.add(
          Mistake.in(
              "--data",
              "found \"%s\", allowed: %s".formatted(Excerpt.of(words), TextRule.FILE.allowed())));
    }
    column
        .filter(
            name ->
                name.isBlank()
                    || TextRule.FILE
                        .meaning(new YamlValue.Text(Place.in("--column"), name))
                        .isEmpty())
        .ifPresent(
            _ ->
                mistakes.add(
                    Mistake.in("--column", "allowed: the name of a column, or its number")));
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  /// Refuses a table without the column that the words are in, as `twister run` would.
  private void checkTable(String words) throws InvalidInputException {
    Path found = FileSearch.find(Path.of(words), file);
    boolean isTable = column.isPresent() || TABLE.matcher(words).find();
    if (isTable && Files.exists(found)) {
      CorpusReader.corpus(
          found,
          words,
          new CorpusFormat.Words(
              column.map(CorpusOptions::column), CorpusFormat.FULL_STOP, WordForm.AS_IT_IS));
    }
  }

  private String shown() {
    return Excerpt.of(file.toString());
  }

  private Optional<String> fileMistake() {
    String name = String.valueOf(file.getFileName());
    String base = ENDING.matcher(name).replaceFirst("");
    if (base.equals(name)) {
      boolean isKind = QuestionKind.of(name).isPresent();
      if (!FolderName.isOfExperiment(name)) {
        return Optional.of(
            "allowed: a name that ends in .yaml, and before that " + FolderName.ALLOWED);
      }
      String meant = isKind ? "--kind %s %s.yaml".formatted(name, name) : name + ".yaml";
      return Optional.of("allowed: a name that ends in .yaml, such as " + Excerpt.of(meant));
    }
    if (!FolderName.isOfExperiment(base)) {
      return Optional.of(
          "cannot be the name of an experiment, allowed before .yaml: " + FolderName.ALLOWED);
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("is there already, and is kept as it is; allowed: a new file");
    }
    Path folder = file.toAbsolutePath().getParent();
    return folder == null || Files.isDirectory(folder)
        ? Optional.empty()
        : Optional.of("there is no folder " + folder);
  }
}
