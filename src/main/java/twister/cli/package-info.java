/// The command line.
@NullMarked
package twister.cli;

import org.jspecify.annotations.NullMarked;
