/** Pictures of a run and its plan: what they are worth, what is made of them, and the start. */
@NullMarked
package athanor.console.pictures;

import org.jspecify.annotations.NullMarked;
