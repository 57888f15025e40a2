/// Reports of experiments, as pages and documents that are read without Twister.
@NullMarked
package twister.page;

import org.jspecify.annotations.NullMarked;
