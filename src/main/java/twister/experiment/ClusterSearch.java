package twister.experiment;

import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;

/// The search for the kind of cluster that was compiled in.
public final class ClusterSearch {
  private ClusterSearch() {}

  /// Whether any was compiled in.
  public static boolean isCompiledIn() {
    return provider().isPresent();
  }

  private static Optional<ClusterProvider> provider() {
    return ServiceLoader.load(ClusterProvider.class).findFirst();
  }

  /// Connects to a cluster.
  ///
  /// @param address where it is
  /// @throws IOException with a sentence if there is none, or it cannot train the sweep
  public static Cluster connect(String address, Experiment sweep) throws IOException {
    ClusterProvider provider =
        provider().orElseThrow(() -> new IOException("no kind of cluster was compiled in"));
    Cluster cluster = provider.connect(address, ClusterJob.of(sweep));
    String problem = cluster.machine().problem();
    if (!problem.isEmpty()) {
      cluster.close();
      throw new IOException("%s: %s".formatted(address, problem));
    }
    return cluster;
  }
}
