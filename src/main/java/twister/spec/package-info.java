/// Experiment files: what to run, checked and with every default written out.
@NullMarked
package twister.spec;

import org.jspecify.annotations.NullMarked;
