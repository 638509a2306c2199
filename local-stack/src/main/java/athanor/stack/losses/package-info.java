/** The losses of a training as people look at them: a table, a chart, and the event files of TensorBoard. */
@NullMarked
package athanor.stack.losses;

import org.jspecify.annotations.NullMarked;
