/// Reading, planning and running experiments and sweeps.
@NullMarked
package twister.experiment;

import org.jspecify.annotations.NullMarked;
