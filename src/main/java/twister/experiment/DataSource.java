package twister.experiment;

import java.io.IOException;
import twister.spec.DataSpec;
import twister.yaml.InvalidInputException;

/// Sees to it that words are there before they are read.
@FunctionalInterface
public interface DataSource {
  /// One that fetches nothing.
  DataSource LOCAL = _ -> {};

  /// Fetches words that are elsewhere, unless they are there.
  ///
  /// @throws InvalidInputException if what is there now are other words
  /// @throws IOException if they cannot be fetched
  void provide(DataSpec data) throws InvalidInputException, IOException;
}
