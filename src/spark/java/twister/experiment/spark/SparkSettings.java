package twister.experiment.spark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import twister.experiment.ClusterJob;

/// How Spark is set up for a sweep. What the user set, by `-Dspark...` or by spark-submit, stays.
///
/// A batch has an executor to itself, which is how many cores it has: the training shares them out.
final class SparkSettings {
  private static final String CORES = "spark.executor.cores";

  /// Silences what the JDK says of Spark's own libraries.
  private static final String JAVA_OPTIONS =
      "-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";

  private SparkSettings() {}

  /// Completes settings.
  ///
  /// @param address where the cluster is
  /// @param name of the sweep
  static SparkConf of(String address, String name, SparkConf settings) throws IOException {
    settings.setMaster(address);
    settings.setIfMissing("spark.app.name", "twister " + name);
    settings.setIfMissing("spark.ui.enabled", "false");
    settings.setIfMissing(CORES, "1");
    String cores = settings.get(CORES);
    if (!address.startsWith("local[")) {
      settings.setIfMissing("spark.task.cpus", cores);
    }
    settings.setIfMissing(
        "spark.executor.extraJavaOptions", JAVA_OPTIONS + " -XX:ActiveProcessorCount=" + cores);
    if (settings.contains("spark.executor.resource.gpu.amount")) {
      settings.setIfMissing("spark.task.resource.gpu.amount", "1");
    }
    List<String> jars = jars();
    if (!jars.isEmpty()) {
      settings.setIfMissing("spark.jars", String.join(",", jars));
    }
    return settings;
  }

  /// The jar that this class is in, and those that it needs; none where it is in no jar.
  private static List<String> jars() throws IOException {
    Path own;
    try {
      own = Path.of(ClusterJob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    List<String> jars = new ArrayList<>();
    if (Files.isRegularFile(own)) {
      jars.add(own.toUri().toString());
      try (DirectoryStream<Path> needed =
          Files.newDirectoryStream(own.resolveSibling("lib"), "*.jar")) {
        needed.forEach(jar -> jars.add(jar.toUri().toString()));
      }
    }
    return jars;
  }
}
