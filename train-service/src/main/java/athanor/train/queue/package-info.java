/**
 * The training queues on Kafka: the place in line of an idle worker ({@link athanor.train.queue.TrainingQueue}), the
 * list of all that was ever queued ({@link athanor.train.queue.QueueLog}), and the set-up of the share group. Who may
 * train is not decided here but by the lease.
 */
@NullMarked
package athanor.train.queue;

import org.jspecify.annotations.NullMarked;
