/// Training the batches of sweeps on the machines of a cluster of Apache Spark.
@NullMarked
package twister.experiment.spark;

import org.jspecify.annotations.NullMarked;
