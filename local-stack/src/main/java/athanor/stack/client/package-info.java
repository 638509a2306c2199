/** The public REST interface of a suite as the commands use it; it knows addresses and JSON, nothing of the local stack. */
@NullMarked
package athanor.stack.client;

import org.jspecify.annotations.NullMarked;
