/// A page that shows experiments while they are trained, served on this machine.
@NullMarked
package twister.watch;

import org.jspecify.annotations.NullMarked;
