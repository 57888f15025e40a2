/// Charts drawn from the files of a run alone.
///
/// They are painted with Java2D, once into pixels and once, by Batik, into SVG. Chart libraries
/// were measured first: XChart 4.0 writes all text of an SVG as outlines and each line segment as
/// an element of its own (0.64 MB for a curve of 100 points), leaves labels out of a 27 x 27
/// heatmap, and takes more than a second of a fresh virtual machine, of the 1.5 s that a whole run
/// may take.
@NullMarked
package twister.chart;

import org.jspecify.annotations.NullMarked;
