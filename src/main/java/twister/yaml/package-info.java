/// Documents in YAML with the place of each value, rules for values, and mistakes that say what to
/// do.
@NullMarked
package twister.yaml;

import org.jspecify.annotations.NullMarked;
