/// What to run: an experiment file, read, checked and resolved.
@NullMarked
package twister.spec;

import org.jspecify.annotations.NullMarked;
