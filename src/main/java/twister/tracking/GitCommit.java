package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Asks git for the commit that an experiment file is at, while other work goes on.
public final class GitCommit {
  private static final int PATIENCE_SECONDS = 5;

  /// What binds git to a certain repository, as `git rev-parse --local-env-vars` lists it: a hook
  /// that calls Twister hands on its own.
  static final Set<String> OF_A_REPOSITORY =
      Set.of(
          "GIT_ALTERNATE_OBJECT_DIRECTORIES",
          "GIT_COMMON_DIR",
          "GIT_CONFIG",
          "GIT_CONFIG_COUNT",
          "GIT_CONFIG_PARAMETERS",
          "GIT_DIR",
          "GIT_GRAFT_FILE",
          "GIT_IMPLICIT_WORK_TREE",
          "GIT_INDEX_FILE",
          "GIT_INTERNAL_SUPER_PREFIX",
          "GIT_NO_REPLACE_OBJECTS",
          "GIT_OBJECT_DIRECTORY",
          "GIT_PREFIX",
          "GIT_REPLACE_REF_BASE",
          "GIT_SHALLOW_FILE",
          "GIT_WORK_TREE");

  private final CompletableFuture<Optional<Provenance.Commit>> answer;

  /// Starts asking.
  ///
  /// @param file any file; it need not be under version control
  public GitCommit(Path file) {
    answer = CompletableFuture.supplyAsync(() -> ask(file.toAbsolutePath()));
  }

  /// The answer; empty when the file's folder is under no version control, git is missing or too
  /// slow.
  public Optional<Provenance.Commit> commit() {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// `status` names the commit and lists the changed files; a file that was never committed is no
  /// part of it.
  private static Optional<Provenance.Commit> ask(Path file) {
    try {
      Answer status = git(file, "status", "--porcelain=v2", "--branch", "--untracked-files=no");
      Optional<Provenance.Commit> commit = commit(status.text().lines().toList());
      if (commit.isEmpty() || commit.get().dirty()) {
        return commit;
      }
      Answer tracked =
          git(file, "ls-files", "--error-unmatch", "--", String.valueOf(file.getFileName()));
      return Optional.of(new Provenance.Commit(commit.get().hash(), tracked.exit() != 0));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private record Answer(int exit, String text) {}

  private static Answer git(Path file, String... command) throws IOException, InterruptedException {
    ProcessBuilder git =
        new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(command)).toList())
            .directory(file.resolveSibling(".").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    git.environment().keySet().removeAll(OF_A_REPOSITORY);
    git.environment().put("GIT_OPTIONAL_LOCKS", "0");
    Process process = git.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  private static Optional<Provenance.Commit> commit(List<String> lines) {
    String key = "# branch.oid ";
    boolean dirty = lines.stream().anyMatch(line -> !line.startsWith("#"));
    return lines.stream()
        .filter(line -> line.startsWith(key) && !line.endsWith("(initial)"))
        .map(line -> new Provenance.Commit(line.substring(key.length()), dirty))
        .findFirst();
  }
}
