/// Which runs belong together, which setting is the best, and which runs somebody asks for.
@NullMarked
package twister.ranking;

import org.jspecify.annotations.NullMarked;
