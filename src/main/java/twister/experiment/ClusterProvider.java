package twister.experiment;

import java.io.IOException;

/// A kind of cluster that may have been compiled in: found by [java.util.ServiceLoader].
public interface ClusterProvider {
  /// Connects to a cluster.
  ///
  /// @param address where it is, such as `spark://host:7077`
  /// @param job what its machines are to do
  /// @throws IOException with a sentence if there is none, or no machine of it has what is wanted
  Cluster connect(String address, ClusterJob job) throws IOException;
}
