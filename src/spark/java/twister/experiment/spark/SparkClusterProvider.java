package twister.experiment.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import twister.experiment.Cluster;
import twister.experiment.ClusterJob;
import twister.experiment.ClusterProvider;

/// Connects to clusters of Apache Spark.
public final class SparkClusterProvider implements ClusterProvider {
  private static final String LOG = "log4j2.configurationFile";
  private static final int ANSWER_MILLISECONDS = 5_000;

  /// Made by [java.util.ServiceLoader].
  public SparkClusterProvider() {}

  @Override
  public Cluster connect(String address, ClusterJob job) throws IOException {
    if (address.startsWith("spark://")) {
      refuseIfSilent(address);
    }
    if (System.getProperty(LOG) == null) {
      System.setProperty(LOG, "classpath:twister/experiment/spark/log4j2.properties");
    }
    SparkConf settings = SparkSettings.of(address, job.name(), new SparkConf());
    JavaSparkContext context;
    try {
      context = new JavaSparkContext(settings);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IOException("%s: %s".formatted(address, SparkFailure.text(e)), e);
    }
    try {
      return new SparkCluster(context, job, address);
    } catch (IOException | RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /// Spark itself gives up after a minute only.
  private static void refuseIfSilent(String address) throws IOException {
    String[] masters = address.substring("spark://".length()).split(",", -1);
    if (Arrays.stream(masters).noneMatch(SparkClusterProvider::answers)) {
      throw new IOException(
          "%s: nobody answers there; docs/scaling.md says how a cluster is started"
              .formatted(address));
    }
  }

  private static boolean answers(String master) {
    try (Socket socket = new Socket()) {
      URI place = URI.create("spark://" + master);
      socket.connect(new InetSocketAddress(place.getHost(), place.getPort()), ANSWER_MILLISECONDS);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false; // Nobody is there, or it is no address.
    }
  }
}
