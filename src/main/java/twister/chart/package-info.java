/// Charts drawn from the files of a run alone.
@NullMarked
package twister.chart;

import org.jspecify.annotations.NullMarked;
