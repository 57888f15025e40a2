package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommitTest {
  @TempDir private Path folder;

  @BeforeEach
  void gitIsThere() {
    boolean isThere;
    try {
      git("--version");
      isThere = true;
    } catch (IOException e) {
      isThere = false;
    }
    assumeTrue(isThere, "git is not installed");
  }

  private String git(String... command) throws IOException {
    List<String> whole =
        new ArrayList<>(List.of("git", "-c", "user.name=n", "-c", "user.email=n@example.org"));
    whole.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
    builder.environment().keySet().removeAll(GitCommit.OF_A_REPOSITORY);
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Path committed(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "name: x");
    git("init", "--quiet");
    git("add", name);
    git("commit", "--quiet", "-m", "Begin");
    return file;
  }

  private static boolean isDirty(Path file) {
    return new GitCommit(file).commit().orElseThrow().dirty();
  }

  @Test
  void committedFileIsClean() throws IOException {
    Path file = committed("x.yaml");
    assertEquals(
        Optional.of(new Provenance.Commit(git("rev-parse", "HEAD").strip(), false)),
        new GitCommit(file).commit());
  }

  @Test
  void changedFileIsDirty() throws IOException {
    Path file = committed("x.yaml");
    Files.writeString(file, "name: y");
    assertTrue(isDirty(file));
  }

  @Test
  void fileThatWasNeverCommittedIsDirty() throws IOException {
    Path file = committed("x.yaml");
    assertTrue(isDirty(Files.writeString(folder.resolve("other.yaml"), "name: x")));
    assertFalse(isDirty(file));
  }

  @Test
  void folderOutsideOfGitHasNoCommit() throws IOException {
    assertEquals(
        Optional.empty(), new GitCommit(Files.createFile(folder.resolve("x.yaml"))).commit());
  }

  /// A hook of git calls its commands with these in their environment.
  @Test
  void everyVariableThatBindsGitToARepositoryIsKnown() throws IOException {
    List<String> named = git("rev-parse", "--local-env-vars").lines().toList();
    assertFalse(named.isEmpty());
    assertTrue(GitCommit.OF_A_REPOSITORY.containsAll(named), named.toString());
  }
}
