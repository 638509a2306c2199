/**
 * The worker: it waits in the queue or trains, renews its lease meanwhile, and says that it is there. Here an exception of a
 * training becomes a permanent or a retryable failure. How a training goes is in {@code training}.
 */
@NullMarked
package athanor.train.worker;

import org.jspecify.annotations.NullMarked;
