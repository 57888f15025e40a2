/// What a person reads: summaries and tables in words.
@NullMarked
package twister.report;

import org.jspecify.annotations.NullMarked;
