package athanor.train;

import athanor.contracts.run.RunId;
import athanor.store.ObjectStore;
import athanor.train.publish.Outbox;
import athanor.train.queue.Broker;
import athanor.train.queue.QueueRecords;
import java.util.function.Predicate;

/**
 * What a worker works with and cannot know by itself.
 *
 * @param outbox takes what it tells
 * @param records reads what it is told
 * @param isOver whether a run has ended, as any service may have said
 * @param isErased whether nothing of a run may be written any more
 */
public record Surroundings(
        Broker broker,
        ObjectStore store,
        Outbox outbox,
        QueueRecords records,
        Predicate<RunId> isOver,
        Predicate<RunId> isErased) {}
