package athanor.train.lease;

import java.time.Duration;

/**
 * What a caretaker, any worker at all, owes a training that it looks at. The rules make every state one that somebody
 * will move on: a dead holder is replaced, news that was never told is told, and a run whose record the broker lost is
 * offered again as long as somebody is idle who could take it.
 */
public enum Care {
    /** All is well. */
    LEAVE,
    /** The holder is gone: count the attempt as failed and queue the run again. */
    TAKE_FROM_THE_DEAD,
    /** Whoever made the last move died before it told: tell it. */
    TELL,
    /** It waits although this worker is idle: put its record on the queue once more. */
    OFFER_AGAIN,
    /** Over and told. */
    FORGET;

    /**
     * @param unchangedFor how long the caretaker has seen the lease as it is
     * @param patience longer than a healthy worker needs to tell what it did, and than the broker needs to deliver
     * @param stale whether its holder, if any, is gone
     * @param idleAndFit whether the caretaker's own worker waits for work and could train this run
     */
    public static Care of(Lease lease, Duration unchangedFor, Duration patience, boolean stale, boolean idleAndFit) {
        boolean longEnough = unchangedFor.compareTo(patience) >= 0;
        if (lease.standing() instanceof Standing.Held) {
            return stale ? TAKE_FROM_THE_DEAD : LEAVE;
        }
        if (!lease.announced()) {
            return longEnough ? TELL : LEAVE;
        }
        if (lease.standing().over()) {
            return FORGET;
        }
        return lease.standing() instanceof Standing.Queued && longEnough && idleAndFit ? OFFER_AGAIN : LEAVE;
    }
}
