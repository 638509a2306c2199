/** What the person at the terminal sees: plain lines, and one line that changes in place where the terminal can do that. */
@NullMarked
package athanor.stack.terminal;

import org.jspecify.annotations.NullMarked;
