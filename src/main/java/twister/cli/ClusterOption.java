package twister.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import twister.experiment.Cluster;
import twister.experiment.ClusterSearch;
import twister.experiment.Experiment;
import twister.yaml.Excerpt;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The option `--on` of the command that trains sweeps.
final class ClusterOption {
  private static final String HERE = "local";

  private static final Pattern ADDRESS =
      Pattern.compile(
          "spark://[^\\s/]+:[0-9]{1,5}(,[^\\s/]+:[0-9]{1,5})*|local\\[[1-9][0-9]{0,3}]"
              + "|yarn|k8s://\\S+");

  @Option(
      names = "--on",
      paramLabel = "WHERE",
      description =
          "where a sweep is trained: local, or a cluster of Apache Spark, such as"
              + " spark://HOST:7077; local[2] is Spark with two threads here (default:"
              + " ${DEFAULT-VALUE})",
      defaultValue = HERE)
  private String address = HERE;

  private boolean isElsewhere() {
    return !address.equals(HERE);
  }

  /// Where the cluster is.
  String address() {
    return address;
  }

  /// Refuses what could never be a cluster.
  void check() throws InvalidInputException {
    if (isElsewhere() && !ADDRESS.matcher(address).matches()) {
      throw new InvalidInputException(
          Mistake.in(
              "--on",
              "found \"%s\", allowed: local, spark://HOST:PORT, local[N], yarn or k8s://URL"
                  .formatted(Excerpt.of(address))));
    }
  }

  /// Refuses a cluster that this build knows nothing of, where it has something to train.
  void checkThatItCanTrain(List<Experiment> experiments) throws InvalidInputException {
    if (experiments.stream().anyMatch(this::trains) && !ClusterSearch.isCompiledIn()) {
      throw new InvalidInputException(
          Mistake.in(
              "--on " + address,
              "this Twister was built without Spark; mvn -Pspark -Dmaven.test.skip=true package"
                  + " builds one with it, see docs/scaling.md"));
    }
  }

  /// Whether the cluster trains an experiment.
  boolean trains(Experiment experiment) {
    return isElsewhere() && reasonToStay(experiment).isEmpty();
  }

  /// Says why an experiment is trained here, where a cluster was named.
  void tellWhyHere(Experiment experiment) {
    Optional<String> reason = reasonToStay(experiment).filter(_ -> isElsewhere());
    if (reason.isPresent()) {
      Terminal.warn(
          "%s is trained here, not on %s: %s".formatted(experiment.name(), address, reason.get()));
    }
  }

  /// Connects to the cluster.
  ///
  /// @throws IOException if there is none, or it cannot train the experiment
  Cluster connect(Experiment experiment) throws IOException {
    return ClusterSearch.connect(address, experiment);
  }

  /// Why an experiment has nothing for a cluster to do.
  private static Optional<String> reasonToStay(Experiment experiment) {
    return experiment.sweep().isOne()
        ? Optional.of("it is one run")
        : experiment.sweep().method().isSearch()
            ? Optional.of("the settings of its search come one after another")
            : Optional.empty();
  }
}
