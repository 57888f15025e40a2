/// The embedded backend: plain Java loops that the JIT compiler vectorises.
@NullMarked
package twister.backend.cpu;

import org.jspecify.annotations.NullMarked;
