/** The services themselves. */
@NullMarked
package athanor.console.system;

import org.jspecify.annotations.NullMarked;
