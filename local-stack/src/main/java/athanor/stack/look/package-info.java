/** Looking at a folder of photographs on this machine: no stack, no upload. */
@NullMarked
package athanor.stack.look;

import org.jspecify.annotations.NullMarked;
