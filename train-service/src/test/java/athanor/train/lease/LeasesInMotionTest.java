package athanor.train.lease;

import static athanor.train.lease.Runs.RETRY_POLICY;
import static athanor.train.lease.Runs.TERMS;
import static athanor.train.lease.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.events.DatasetPrepared;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectKeys;
import athanor.teststack.S3Address;
import athanor.train.lease.LeasesInMotion.Note;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever a worker dies of, and whenever, one listing finds what it left. */
class LeasesInMotionTest {

    private static S3Address.Running server;
    private static MinioObjectStore store;

    private final ManualClock clock = new ManualClock();
    private final DatasetPrepared run = aRun(clock.instant());
    private final Leases leases = new Leases(store, "a");

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
    void aRunThatWaitsAndWasToldIsNotInMotion() {
        VersionedLease queued = queued();
        assertThat(attempts()).as("nobody has been told that it waits").containsExactly("1 waits");

        leases.markAnnounced(queued);

        assertThat(attempts()).isEmpty();
    }

    @Test
    void aHeldRunIsInMotionUntilItsEndIsTold() throws Exception {
        HeldLease held = claim(queued());
        assertThat(attempts()).containsExactly("1");
        held.renew();
        assertThat(attempts()).containsExactly("1");

        VersionedLease cancelled = held.cancel();
        assertThat(attempts()).as("its worker may die before it tells").containsExactly("1");
        leases.markAnnounced(cancelled);

        assertThat(attempts()).isEmpty();
    }

    @Test
    void aRunThatHadAWorkerIsInMotionUntilItHasTheNext() throws Exception {
        VersionedLease waits = claim(queued()).release();
        leases.markAnnounced(waits);
        assertThat(attempts()).containsExactly("2 waits");

        claim(seen());

        assertThat(attempts()).containsExactly("2");
    }

    /** The record of the next attempt is on the queue before the one who sent it has noted that. */
    @Test
    void whoNotesLateThatARunWaitsAgainDoesNotHideItsNextHolder() {
        claim(queued());
        VersionedLease waits = leases.reclaim(seen(), TERMS.timeToLive(), RETRY_POLICY, clock.instant())
                .orElseThrow();
        assertThat(attempts()).containsExactly("2 waits");
        claim(seen());

        leases.markAnnounced(waits);

        assertThat(seen().lease().attempt()).isEqualTo(2);
        assertThat(attempts()).containsExactly("2");
    }

    @Test
    void aWorkerThatDiesBetweenItsNoteAndItsClaimLeavesANoteThatCanBeRemoved() {
        VersionedLease queued = queued();
        store.put(ObjectKeys.leaseInMotion(run.runId(), 1, false), new byte[0], "application/octet-stream");
        leases.markAnnounced(queued);
        assertThat(attempts()).containsExactly("1");

        leases.inMotion().forget(new Note(run.runId(), new Motion(1, false)));

        assertThat(attempts()).isEmpty();
    }

    private VersionedLease queued() {
        return leases.create(Lease.queued(run, null, clock.instant())).orElseThrow();
    }

    private VersionedLease seen() {
        return leases.find(run.runId()).orElseThrow();
    }

    private HeldLease claim(VersionedLease queued) {
        return HeldLease.claim(leases, queued, "a", TERMS, clock).orElseThrow();
    }

    private List<String> attempts() {
        return leases.inMotion().all().stream()
                .filter(note -> note.run().equals(run.runId()))
                .map(note -> note.motion().attempt() + (note.motion().waits() ? " waits" : ""))
                .toList();
    }
}
