/** Runs: all of them, and one with all that it leaves. */
@NullMarked
package athanor.console.run;

import org.jspecify.annotations.NullMarked;
