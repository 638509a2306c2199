package athanor.train.lease;

import athanor.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a store that does not answer again and again, as long as the run may still be ours: an outage takes it from nobody.
 * Once the store is back the lease is asserted before anything else is asked.
 */
public final class RetryWhileHeld {

    private static final Logger LOG = LoggerFactory.getLogger(RetryWhileHeld.class);
    private static final long PAUSE_MILLIS = 1000;

    private RetryWhileHeld() {}

    /** Something that asks the store. */
    @FunctionalInterface
    public interface Request<T> {
        T ask() throws LeaseLostException;
    }

    public static <T> T call(HeldLease held, Request<T> request) throws LeaseLostException {
        while (true) {
            try {
                if (held.lost()) {
                    held.reassert();
                }
                return request.ask();
            } catch (StoreException e) {
                if (!e.mayPass()) {
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
