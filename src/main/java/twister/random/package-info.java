/// Random numbers drawn exactly as PyTorch draws them, so that published figures can be repeated.
@NullMarked
package twister.random;

import org.jspecify.annotations.NullMarked;
