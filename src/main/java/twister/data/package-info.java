/// The words to learn from, and what is counted in them.
@NullMarked
package twister.data;

import org.jspecify.annotations.NullMarked;
