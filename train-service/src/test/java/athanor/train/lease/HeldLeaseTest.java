package athanor.train.lease;

import static athanor.train.lease.Runs.RETRY_POLICY;
import static athanor.train.lease.Runs.TERMS;
import static athanor.train.lease.Runs.aCheckpoint;
import static athanor.train.lease.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.LoraTrained;
import athanor.store.MinioObjectStore;
import athanor.teststack.S3Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The lease between workers, on a real store and a clock that the test moves. */
class HeldLeaseTest {

    private static S3Address.Running server;
    private static MinioObjectStore store;

    private final ManualClock clock = new ManualClock();
    private final DatasetPrepared run = aRun(clock.instant());
    private final Leases ofA = new Leases(store, "a");
    private final Leases ofB = new Leases(store, "b");

    @BeforeAll
    static void connect() {
        server = S3Address.start();
        S3Address address = server.address();
        store = new MinioObjectStore(
                address.endpoint(), address.accessKey(), address.secretKey(), "athanor-test", "us-east-1");
        store.createBucketIfMissing();
    }

    @AfterAll
    static void disconnect() {
        store.close();
        server.close();
    }

    @Test
    void ofEightWorkersThatWantARunOneGetsIt() throws Exception {
        VersionedLease queued = queued();
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Optional<HeldLease>>> claims = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String worker = "racer-" + i;
                Leases leases = new Leases(store, worker);
                claims.add(() -> HeldLease.claim(leases, queued, worker, TERMS, clock));
            }
            List<HeldLease> winners = new ArrayList<>();
            for (Future<Optional<HeldLease>> claim : workers.invokeAll(claims)) {
                claim.get().ifPresent(winners::add);
            }
            assertThat(winners).hasSize(1);
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void aLeaseThatIsRenewedNeverGoesStale() throws Exception {
        HeldLease held = claim(ofA, queued(), "a");
        LeaseWatch watch = new LeaseWatch(clock, TERMS);
        for (int i = 0; i < 20; i++) {
            clock.advanceSeconds(5);
            held.renew();
            assertThat(watch.isStale(seen())).isFalse();
        }
        assertThat(held.lost()).isFalse();
    }

    @Test
    void theRunOfASilentWorkerIsTakenAfterTwentySecondsAndGoesOnFromItsCheckpoint() throws Exception {
        HeldLease dead = claim(ofA, queued(), "a");
        dead.advance(aCheckpoint(run, 1, 100, clock.instant()));
        LeaseWatch watch = new LeaseWatch(clock, TERMS);
        assertThat(watch.isStale(seen())).isFalse();
        clock.advanceSeconds(19);
        assertThat(watch.isStale(seen())).isFalse();
        clock.advanceSeconds(1);
        assertThat(watch.isStale(seen())).isTrue();

        VersionedLease back = ofB.reclaim(seen(), watch.unchangedFor(seen()), RETRY_POLICY, clock.instant())
                .orElseThrow();
        HeldLease successor = claim(ofB, back, "b");

        assertThat(successor.attempt()).isEqualTo(2);
        assertThat(successor.lease().step()).isEqualTo(100);
        assertThat(successor.lease().failures())
                .singleElement()
                .satisfies(failed -> assertThat(failed.kind()).isEqualTo(FailedAttempt.Kind.WORKER_LOST));
    }

    @Test
    void aWorkerThatWakesUpAfterItsSuccessorTookOverCanWriteNothing() throws Exception {
        HeldLease zombie = claim(ofA, queued(), "a");
        zombie.advance(aCheckpoint(run, 1, 100, clock.instant()));
        VersionedLease back = ofB.reclaim(seen(), TERMS.timeToLive(), RETRY_POLICY, clock.instant())
                .orElseThrow();
        HeldLease successor = claim(ofB, back, "b");

        // Its own clock has not moved, so it does not suspect anything yet.
        assertThat(zombie.lost()).isFalse();
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> zombie.advance(aCheckpoint(run, 1, 200, clock.instant())));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> zombie.finish(trained()));
        assertThat(zombie.lost()).isTrue();
        assertThat(successor.lost()).isFalse();
        assertThat(seen().lease().step()).isEqualTo(100);
        successor.renew();
    }

    @Test
    void aHolderThatCouldNotRenewInTimeStopsWithoutAskingAnybody() throws Exception {
        HeldLease held = claim(ofA, queued(), "a");
        clock.advanceSeconds(20);

        assertThat(held.lost()).isTrue();
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(held::renew)
                .withMessageContaining("not renewed in time");
    }

    @Test
    void aFreshObserverBelievesAnExpiryOnlyBeyondWhatClocksMayDiffer() throws Exception {
        claim(ofA, queued(), "a");
        clock.advanceSeconds(49);
        assertThat(new LeaseWatch(clock, TERMS).isStale(seen())).isFalse();
        clock.advanceSeconds(2);
        assertThat(new LeaseWatch(clock, TERMS).isStale(seen())).isTrue();
    }

    /** An observer that was started a moment ago, with a clock that may be anywhere. */
    @Test
    void aFreshObserverBelievesTheStoresOwnClock() {
        claim(ofA, queued(), "a");
        VersionedLease now = seen();
        assertThat(now.age()).isBetween(Duration.ZERO, Duration.ofSeconds(10));

        assertThat(aged(now, 20)).as("the store tells whole seconds").isFalse();
        assertThat(aged(now, 21)).isTrue();
    }

    private boolean aged(VersionedLease seen, int seconds) {
        return new LeaseWatch(clock, TERMS)
                .isStale(new VersionedLease(seen.lease(), seen.etag(), Duration.ofSeconds(seconds)));
    }

    @Test
    void afterAnOutageTheHoldersGetTheTimeOfTwoRenewals() {
        claim(ofA, queued(), "a");
        LeaseWatch watch = new LeaseWatch(clock, TERMS);
        watch.isStale(seen());
        watch.interrupted();
        clock.advanceSeconds(30);

        assertThat(watch.isStale(seen())).isFalse();
        clock.advanceSeconds(9);
        assertThat(watch.isStale(seen())).isFalse();
        clock.advanceSeconds(1);
        assertThat(watch.isStale(seen())).isTrue();
        assertThat(watch.silence(seen())).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void aHolderThatWasCutOffAssertsItsLeaseAndGoesOn() throws Exception {
        HeldLease held = claim(ofA, queued(), "a");
        clock.advanceSeconds(60);
        assertThat(held.lost()).isTrue();

        held.reassert();

        assertThat(held.lost()).isFalse();
        held.renew();
    }

    @Test
    void aHolderThatWasCutOffWhileSomebodyTookItsRunIsToldSo() {
        HeldLease held = claim(ofA, queued(), "a");
        clock.advanceSeconds(60);
        ofB.reclaim(seen(), TERMS.timeToLive(), RETRY_POLICY, clock.instant()).orElseThrow();

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(held::reassert)
                .withMessageContaining("somebody else wrote it");
        assertThat(held.over()).isTrue();
    }

    @Test
    void ofTwoThatWouldEndARunOneDoes() throws Exception {
        HeldLease held = claim(ofA, queued(), "a");
        held.advance(aCheckpoint(run, 1, 100, clock.instant()));
        VersionedLease sight = seen();
        held.finish(trained());

        assertThat(ofB.reclaim(sight, TERMS.timeToLive(), RETRY_POLICY, clock.instant()))
                .isEmpty();
        assertThat(seen().lease().state()).isInstanceOf(LeaseState.Finished.class);
    }

    @Test
    void aRunHasOneLeaseWhoeverCreatesIt() {
        assertThat(ofA.create(Lease.queued(run, null, clock.instant()))).isPresent();
        assertThat(ofB.create(Lease.queued(run, null, clock.instant()))).isEmpty();
    }

    private VersionedLease queued() {
        return ofA.create(Lease.queued(run, null, clock.instant())).orElseThrow();
    }

    private VersionedLease seen() {
        return ofB.find(run.runId()).orElseThrow();
    }

    private HeldLease claim(Leases leases, VersionedLease queued, String worker) {
        return HeldLease.claim(leases, queued, worker, TERMS, clock).orElseThrow();
    }

    private LoraTrained trained() {
        return aCheckpoint(run, 1, 200, clock.instant()).asTrained(run, "the-lora", clock.instant());
    }
}
