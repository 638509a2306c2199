/** Looks at this machine and says what is in the way, each time with what to do about it. */
@NullMarked
package athanor.stack.doctor;

import org.jspecify.annotations.NullMarked;
