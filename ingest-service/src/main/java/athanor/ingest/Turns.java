package athanor.ingest;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** Works about the same thing are done one after the other, works about others beside them. Of two that come in the same moment either is first. */
final class Turns {

    private final ConcurrentMap<String, Queue> queues = new ConcurrentHashMap<>();

    private static final class Queue {
        final ReentrantLock turn = new ReentrantLock(true);
        int length;
    }

    /** @param about what the work must have for itself */
    void take(String about, Runnable work) {
        Queue queue = queues.compute(about, (any, found) -> {
            Queue joined = found == null ? new Queue() : found;
            joined.length++;
            return joined;
        });
        queue.turn.lock();
        try {
            work.run();
        } finally {
            queue.turn.unlock();
            queues.computeIfPresent(about, (any, left) -> --left.length == 0 ? null : left);
        }
    }
}
