/// How text is shown: symbols that can be seen, columns that a terminal gives them.
@NullMarked
package twister.text;

import org.jspecify.annotations.NullMarked;
