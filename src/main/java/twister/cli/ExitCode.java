package twister.cli;

/// What the process tells the shell.
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_INPUT = 2;
  static final int SOME_RUNS_ENDED_BADLY = 3;

  private ExitCode() {}
}
