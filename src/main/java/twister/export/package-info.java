/// What other tools read: results as TensorBoard takes them, and as one long table.
@NullMarked
package twister.export;

import org.jspecify.annotations.NullMarked;
