package athanor.train.reconcile;

import athanor.train.lease.Lease;
import athanor.train.lease.LeaseState;
import java.time.Duration;

/**
 * What a reconciler, which every worker has, does about a training that it looks at. The rules make every state one that somebody
 * will move on: a dead holder is replaced, a move that was never announced is announced, and a run whose record the broker lost is
 * offered again as long as somebody is idle who could take it.
 */
enum ReconcileAction {
    /** All is well. */
    NONE,
    /** The holder is gone: count the attempt as failed and queue the run again. */
    RECLAIM,
    /** Whoever made the last move died before announcing it: announce it. */
    ANNOUNCE,
    /** It waits although this worker is idle: put its record on the queue once more. */
    OFFER_AGAIN,
    /** Over and announced. */
    FORGET;

    /**
     * @param unchangedFor how long the reconciler has seen the lease as it is
     * @param offerAgainAfter longer than a healthy worker needs to announce what it did, and than the broker needs to deliver
     * @param stale whether its holder, if any, is gone
     * @param idleAndFit whether the reconciler's own worker waits for work and could train this run
     */
    static ReconcileAction of(
            Lease lease, Duration unchangedFor, Duration offerAgainAfter, boolean stale, boolean idleAndFit) {
        boolean longEnough = unchangedFor.compareTo(offerAgainAfter) >= 0;
        if (lease.state() instanceof LeaseState.Held) {
            return stale ? RECLAIM : NONE;
        }
        if (!lease.announced()) {
            return longEnough ? ANNOUNCE : NONE;
        }
        if (lease.state().over()) {
            return FORGET;
        }
        return lease.state() instanceof LeaseState.Queued && longEnough && idleAndFit ? OFFER_AGAIN : NONE;
    }
}
