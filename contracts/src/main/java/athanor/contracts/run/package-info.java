/**
 * A run, where it stands and why it failed; who works on it.
 */
@NullMarked
package athanor.contracts.run;

import org.jspecify.annotations.NullMarked;
