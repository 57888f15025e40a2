/// What an experiment found, beside what it expected to find.
@NullMarked
package twister.expect;

import org.jspecify.annotations.NullMarked;
