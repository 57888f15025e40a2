/// What a run leaves behind: run folders, metrics, provenance.
@NullMarked
package twister.tracking;

import org.jspecify.annotations.NullMarked;
