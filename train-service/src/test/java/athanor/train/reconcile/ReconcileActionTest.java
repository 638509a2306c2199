package athanor.train.reconcile;

import static athanor.train.lease.Runs.aRun;
import static athanor.train.lease.Runs.announced;
import static athanor.train.lease.Runs.cancelled;
import static athanor.train.lease.Runs.held;
import static athanor.train.lease.Runs.paused;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.train.lease.Lease;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReconcileActionTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration OFFER_AGAIN_AFTER = Duration.ofSeconds(10);

    private final Lease queued = Lease.queued(aRun(NOW), null, NOW);
    private final Lease held = held(queued, "a", NOW);
    private final Lease cancelled = cancelled(queued, NOW);

    @Test
    void theRunOfADeadHolderIsReclaimedAndThatOfALiveOneLeft() {
        assertThat(of(held, LONG, true, false)).isEqualTo(ReconcileAction.RECLAIM);
        assertThat(of(held, LONG, false, true)).isEqualTo(ReconcileAction.NONE);
    }

    @Test
    void aMoveThatNobodyAnnouncedIsAnnouncedAfterAWhile() {
        assertThat(of(queued, SHORT, false, true)).isEqualTo(ReconcileAction.NONE);
        assertThat(of(queued, LONG, false, false)).isEqualTo(ReconcileAction.ANNOUNCE);
        assertThat(of(cancelled, SHORT, false, true)).isEqualTo(ReconcileAction.NONE);
        assertThat(of(cancelled, LONG, false, true)).isEqualTo(ReconcileAction.ANNOUNCE);
    }

    @Test
    void aQueuedRunIsOfferedAgainOnlyWhileThisWorkerIsIdle() {
        assertThat(of(announced(queued), LONG, false, true)).isEqualTo(ReconcileAction.OFFER_AGAIN);
        assertThat(of(announced(queued), LONG, false, false)).isEqualTo(ReconcileAction.NONE);
    }

    @Test
    void aPausedRunWaitsAndAnAnnouncedEndIsForgotten() {
        assertThat(of(announced(paused(held, NOW)), LONG, false, true)).isEqualTo(ReconcileAction.NONE);
        assertThat(of(announced(cancelled), SHORT, false, true)).isEqualTo(ReconcileAction.FORGET);
    }

    private static ReconcileAction of(Lease lease, Duration unchangedFor, boolean stale, boolean idleAndFit) {
        return ReconcileAction.of(lease, unchangedFor, OFFER_AGAIN_AFTER, stale, idleAndFit);
    }
}
