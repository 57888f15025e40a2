/// The seam between training and hardware.
@NullMarked
package twister.backend;

import org.jspecify.annotations.NullMarked;
