package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/// The commit that a build is of.
final class TwisterVersionTest {
  @Test
  void buildNamesItsCommit() throws IOException {
    assertEquals(
        Optional.of(new Provenance.Commit("4f66d34a", false)),
        commit("git.commit.id.full=4f66d34a\ngit.dirty=false\n"));
    assertEquals(
        Optional.of(new Provenance.Commit("4f66d34a", true)),
        commit("git.commit.id.full=4f66d34a\ngit.dirty=true\n"));
  }

  @Test
  void buildOutsideOfGitHasNone() throws IOException {
    assertEquals(Optional.empty(), commit("#Generated\n"));
  }

  /// What does not say that it is clean could be anything.
  @Test
  void buildOfUnknownStateIsDirty() throws IOException {
    assertEquals(
        Optional.of(new Provenance.Commit("4f66d34a", true)),
        commit("git.commit.id.full=4f66d34a\n"));
  }

  private static Optional<Provenance.Commit> commit(String file) throws IOException {
    Properties build = new Properties();
    build.load(new StringReader(file));
    return TwisterVersion.commit(build);
  }
}
