package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks git for the commit that a folder is at, while other work goes on.
public final class GitCommit {
  private static final int PATIENCE_SECONDS = 5;

  private final CompletableFuture<Optional<Provenance.Commit>> answer;

  /// Starts asking.
  ///
  /// @param folder any folder; it need not be under version control
  public GitCommit(Path folder) {
    answer = CompletableFuture.supplyAsync(() -> ask(folder));
  }

  /// The answer; empty when the folder is under no version control, git is missing or too slow.
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

  /// One call answers both questions: `status` names the commit and lists the changed files.
  private static Optional<Provenance.Commit> ask(Path folder) {
    ProcessBuilder git =
        new ProcessBuilder("git", "status", "--porcelain=v2", "--branch", "--untracked-files=no")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    git.environment().put("GIT_OPTIONAL_LOCKS", "0");
    try {
      Process process = git.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return commit(text.lines().toList());
    } catch (IOException e) {
      return Optional.empty();
    }
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
