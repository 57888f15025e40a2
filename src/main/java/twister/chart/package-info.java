/// Charts drawn from the files of a run alone.
///
/// XChart lays charts out and paints them, once, into a [twister.chart.Recording]; that is painted
/// into pixels, by Batik into SVG, and by PDFBox into PDF. What XChart has no part for, labels that
/// keep away from curves and marks at the edge of a plot, is painted over it.
@NullMarked
package twister.chart;

import org.jspecify.annotations.NullMarked;
