/// Training a model, sampling from it, scoring words with it.
@NullMarked
package twister.training;

import org.jspecify.annotations.NullMarked;
