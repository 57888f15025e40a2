/// Random numbers exactly as PyTorch draws them.
@NullMarked
package twister.random;

import org.jspecify.annotations.NullMarked;
