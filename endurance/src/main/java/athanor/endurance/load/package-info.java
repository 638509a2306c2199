/**
 * Many workers before a long queue: the real worker, reconciler, leases, broker and store, and trainings that only pass the time. What
 * it costs to keep order among ten thousand runs, and how long a run waits for its next worker when the first one is gone.
 */
@NullMarked
package athanor.endurance.load;

import org.jspecify.annotations.NullMarked;
