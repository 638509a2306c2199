/** The commands of {@code ./athanor}: what can be typed, and what is said when it cannot be done. */
@NullMarked
package athanor.stack.command;

import org.jspecify.annotations.NullMarked;
