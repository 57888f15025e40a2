package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.experiment.MissingRuns;
import twister.ranking.Condition;
import twister.ranking.Ranking;
import twister.report.Leaderboard;
import twister.report.TableFormat;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunNotes;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister runs`: the runs of an experiment, the best first.
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Ranks the settings of an experiment by their mean loss over seeds.",
    footerHeading = "%nColumns:%n",
    footer = {
      "  those of runs.csv, and rank, tie, n (finished runs), runs (all runs), ci95,",
      "  best, run, tag, note (why runs are missing, and what twister note wrote). The",
      "  end of a key is enough where it is clear: l2, learning-rate; seed means",
      "  model.init.seed.",
      "",
      "Conditions:",
      "  COLUMN = != < <= > >= VALUE, joined by and, or, not, ( ). COLUMN ~ TEXT: with",
      "  this text in it. tag = TAG: has this tag. Put a value with spaces or signs",
      "  into 'quotes'. Empty cells and NaN satisfy only !=.",
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} runs sweep",
      "  ${ROOT-COMMAND-NAME} runs sweep --where 'l2 < 0.1 and status = finished' --sort nll",
      "  ${ROOT-COMMAND-NAME} runs sweep --where \"tag = paper and note ~ 'too high'\"",
      "  ${ROOT-COMMAND-NAME} runs sweep --each --columns run,seed,loss --format csv",
      "  ${ROOT-COMMAND-NAME} runs sweep --format latex --digits 4 > table.tex"
    })
final class RunsCommand implements Callable<Integer> {
  private static final long ROWS_OF_A_TABLE = 20;

  @Parameters(
      paramLabel = "EXPERIMENT",
      description = "the name of an experiment, its folder, or its file")
  private String experiment;

  @Mixin private ResultsOption results;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description = "takes only the runs that meet a condition, see below")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      description =
          "sorts by a column, the smallest first; -COLUMN: the largest first (default: dev_loss "
              + "where the words are divided, else loss)")
  private Optional<String> sort = Optional.empty();

  @Option(
      names = "--columns",
      paramLabel = "COLUMN,...",
      split = ",",
      hideParamSyntax = true,
      description = "prints these columns only")
  private List<String> columns = List.of();

  @Option(names = "--each", description = "prints every run by itself, without means over seeds")
  private boolean each;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "prints at most N rows, 0 for all (default: 20 of a table, else all)")
  private Optional<Long> limit = Optional.empty();

  @Option(
      names = "--digits",
      paramLabel = "N",
      description = "so many digits of the losses count (default: 6; csv and json have all)")
  private Optional<Integer> digits = Optional.empty();

  @Mixin private UnitOption unit;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv, spreadsheet, json, markdown or latex (default: table)",
      defaultValue = "table")
  private TableFormat format;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    int most = most();
    ExperimentFolder folder = ExperimentChoice.of(results.folder(), experiment);
    RunsTable all = RunNotes.in(RunsTable.read(folder), folder);
    PrintWriter out = command.commandLine().getOut();
    Leaderboard board = leaderboard(shown(all));
    if (format == TableFormat.TABLE) {
      out.println(board.headline(all.rows().size()));
      MissingRuns.text(folder, all).or(all::interruption).ifPresent(out::println);
      out.println();
    }
    print(board, most, out);
    out.flush();
    return ExitCode.DONE;
  }

  private int most() throws InvalidInputException {
    long most = limit.orElse(format == TableFormat.TABLE ? ROWS_OF_A_TABLE : 0L);
    if (most < 0) {
      throw new InvalidInputException(
          Mistake.in("--limit", "found %,d, allowed: a whole number from 0".formatted(most)));
    }
    return most == 0 ? Integer.MAX_VALUE : Math.toIntExact(Math.min(most, Integer.MAX_VALUE));
  }

  private RunsTable shown(RunsTable all) throws InvalidInputException {
    if (where.isEmpty()) {
      return all;
    }
    Condition condition = Condition.of(where.get(), all);
    return all.where(condition::holds).toItsLongestRung();
  }

  private Leaderboard leaderboard(RunsTable runs) throws InvalidInputException {
    Leaderboard board =
        Leaderboard.of(Ranking.of(runs, each ? Ranking.Entries.RUNS : Ranking.Entries.GROUPS));
    board = where.isPresent() ? board.withoutRemarks() : board;
    board = sort.isPresent() ? board.sortedBy(sort.get()) : board;
    board = board.in(unit.unit());
    board = digits.isPresent() ? board.withDigits(digits.get()) : board;
    return columns.isEmpty() ? board : board.withColumns(columns);
  }

  private void print(Leaderboard board, int most, PrintWriter out) {
    if (board.isEmpty() && !format.isForPrograms()) {
      out.println(
          (format == TableFormat.LATEX ? "% " : "")
              + (where.isEmpty() ? "there are no runs" : "no run meets the condition"));
      return;
    }
    switch (format) {
      case TABLE -> out.println(board.text(most, Terminal.columns()));
      case CSV, SPREADSHEET, JSON -> out.print(format.text(board.sheet(most)));
      case MARKDOWN, LATEX -> out.print(board.paragraph(format, most));
    }
  }
}
