/** What is tried has the real worker, broker and store; a training only passes the time. */
@NullMarked
package athanor.endurance;

import org.jspecify.annotations.NullMarked;
