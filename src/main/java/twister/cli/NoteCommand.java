package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.text.VisibleText;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;
import twister.yaml.Excerpt;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister note`: a line in which people say something of a run.
@Command(
    name = "note",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Writes a note to a run, in place of the one it has, and prints it.",
      "A note changes nothing of a run, and stays when it is trained again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} note j358 'the rate is too high after step 50'",
      "  ${ROOT-COMMAND-NAME} note j358 --remove",
      "  ${ROOT-COMMAND-NAME} runs sweep --where \"note ~ 'too high'\" --columns run,note"
    })
final class NoteCommand implements Callable<Integer> {
  @Mixin private MarkedRuns runs;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "one line; without it, only prints")
  private Optional<String> text = Optional.empty();

  @Option(names = "--remove", description = "takes the note away")
  private boolean remove;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    check();
    PrintWriter out = command.commandLine().getOut();
    boolean changes = remove || text.isPresent();
    for (RunFolder run : runs.folders()) {
      RunNotes notes =
          changes
              ? RunNotes.change(run, before -> before.withNote(text.orElse("")))
              : RunNotes.read(run);
      String said = notes.note().isEmpty() ? "no note" : notes.note();
      out.println(VisibleText.visible(run.path() + ": " + said));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private void check() throws InvalidInputException {
    if (remove && text.isPresent()) {
      throw new InvalidInputException(
          Mistake.in("--remove", "not with a text, allowed: one of both"));
    }
    if (text.isPresent() && !RunNotes.isNote(text.get())) {
      throw new InvalidInputException(
          Mistake.in("TEXT " + Excerpt.of(text.get()), "allowed: " + RunNotes.NOTE_ALLOWED));
    }
  }
}
