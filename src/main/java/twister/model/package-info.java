/// The models: their shapes, initial weights and probabilities.
@NullMarked
package twister.model;

import org.jspecify.annotations.NullMarked;
