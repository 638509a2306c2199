package athanor.train;

import athanor.store.StoreException;
import athanor.train.lease.HeldLease;
import athanor.train.lease.LeaseLostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a store that does not answer again and again, as long as the run is still ours. After that the work is another
 * worker's, or our own again once the store is back.
 */
final class Insist {

    private static final Logger LOG = LoggerFactory.getLogger(Insist.class);
    private static final long PAUSE_MILLIS = 1000;

    private Insist() {}

    /** Something that asks the store. */
    @FunctionalInterface
    interface Request<T> {
        T ask() throws LeaseLostException;
    }

    static <T> T until(HeldLease held, Request<T> request) throws LeaseLostException {
        while (true) {
            try {
                return request.ask();
            } catch (StoreException e) {
                if (!e.mayPass() || held.lost()) {
                    throw e;
                }
                LOG.warn("run {}: {}; trying again", held.runId(), e.getMessage());
                pause(e);
            }
        }
    }

    private static void pause(StoreException why) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }
}
