package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.text.CommandName;
import twister.text.VisibleText;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;
import twister.yaml.Excerpt;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister tag`: words by which people find runs again.
@Command(
    name = "tag",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Gives tags to a run, or takes them away, and prints those it has.",
      "Tags change nothing of a run, and stay when it is trained again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} tag j358 baseline paper",
      "  ${ROOT-COMMAND-NAME} tag j358 paper --remove",
      "  ${ROOT-COMMAND-NAME} tag sweep best --where 'dev_loss < 2.51'",
      "  ${ROOT-COMMAND-NAME} runs sweep --where 'tag = best'"
    })
final class TagCommand implements Callable<Integer> {
  @Mixin private MarkedRuns runs;

  @Parameters(index = "1..*", paramLabel = "TAG", description = "without any, only prints")
  private List<String> tags = List.of();

  @Option(names = "--remove", description = "takes these tags away")
  private boolean remove;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    check();
    PrintWriter out = command.commandLine().getOut();
    for (RunFolder run : runs.folders()) {
      RunNotes notes = tags.isEmpty() ? RunNotes.read(run) : RunNotes.change(run, this::changed);
      String all = notes.tags().isEmpty() ? "no tags" : String.join(" ", notes.tags());
      out.println(VisibleText.visible(run.path() + ": " + all));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private RunNotes changed(RunNotes notes) {
    List<String> changed = new ArrayList<>(notes.tags());
    if (remove) {
      changed.removeAll(tags);
    } else {
      changed.addAll(tags);
    }
    return notes.withTags(changed);
  }

  private void check() throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    for (String tag : tags) {
      if (!RunNotes.isTag(tag)) {
        mistakes.add(Mistake.in("TAG " + Excerpt.of(tag), "allowed: " + RunNotes.TAG_ALLOWED));
      }
    }
    if (remove && tags.isEmpty()) {
      mistakes.add(
          Mistake.in(
              "--remove", "needs tags, allowed: " + CommandName.with("tag RUN TAG --remove")));
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }
}
