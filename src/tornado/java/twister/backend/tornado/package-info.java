/// Training on the devices that TornadoVM drives: GPUs, FPGAs, and processors behind OpenCL.
@NullMarked
package twister.backend.tornado;

import org.jspecify.annotations.NullMarked;
