package athanor.train.lease;

import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import athanor.store.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads and writes leases. Every write is conditional and carries a token of its own: when a request was carried out but
 * its answer got lost, the client's retry is refused by its own first success, and the token tells that from a rival.
 */
public final class Leases {

    private static final String JSON = "application/json";
    private static final int TRIES = 3;

    private final ObjectStore store;
    private final LeasesInMotion inMotion;
    private final String writer;
    private final AtomicLong writes = new AtomicLong();

    /** @param writer unique among all processes that use this store, now and before */
    public Leases(ObjectStore store, String writer) {
        this.store = store;
        this.inMotion = new LeasesInMotion(store);
        this.writer = writer;
    }

    public Optional<VersionedLease> find(RunId run) {
        try {
            return store.find(ObjectKeys.lease(run))
                    .map(found -> new VersionedLease(read(found.bytes()), found.etag(), found.age()));
        } catch (JsonException e) {
            throw new UnreadableLeaseException(run, String.valueOf(e.getMessage()), e);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.DAMAGED) {
                throw new UnreadableLeaseException(run, String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    /** Which leases somebody has to look after. */
    public LeasesInMotion inMotion() {
        return inMotion;
    }

    /** The lease as now stored, or empty when the run has one already. */
    public Optional<VersionedLease> create(Lease lease) {
        Lease signed = sign(lease);
        signed.motion().ifPresent(motion -> inMotion.note(signed.runId(), motion));
        return outcome(signed, store.putIfAbsent(ObjectKeys.lease(signed.runId()), bytes(signed), JSON));
    }

    /** The lease as now stored, or empty when somebody else wrote since {@code old} was seen. */
    public Optional<VersionedLease> replace(VersionedLease old, Lease lease) {
        Lease signed = sign(lease);
        Optional<Motion> before = old.lease().motion();
        Optional<Motion> after = signed.motion();
        if (after.equals(before)) {
            return write(old, signed);
        }
        // First, so that whoever dies between the two writes is found.
        after.ifPresent(motion -> inMotion.note(signed.runId(), motion));
        Optional<VersionedLease> written = write(old, signed);
        if (written.isPresent()) {
            before.ifPresent(motion -> inMotion.forget(new LeasesInMotion.Note(signed.runId(), motion)));
        }
        return written;
    }

    private Optional<VersionedLease> write(VersionedLease old, Lease signed) {
        for (int tries = 1; ; tries++) {
            Stored answer = store.replace(ObjectKeys.lease(signed.runId()), old.etag(), bytes(signed), JSON);
            Optional<VersionedLease> written = outcome(signed, answer);
            // A store may refuse two writes that merely met; then nothing has changed and the next try settles it.
            if (written.isPresent() || tries == TRIES || !isStill(old)) {
                return written;
            }
        }
    }

    /** Notes that the world has been told where the training stands; loses quietly against any other write. */
    public void markAnnounced(VersionedLease seen) {
        replace(seen, seen.lease().withAnnounced());
    }

    /**
     * Takes the run from a holder that is gone: counts its attempt as failed and puts the run back, or ends it; empty when
     * beaten to it.
     */
    public Optional<VersionedLease> reclaim(
            VersionedLease stale, Duration silence, RetryPolicy retryPolicy, Instant now) {
        String what = "no sign of life from the worker for %d s".formatted(silence.toSeconds());
        return replace(stale, stale.lease().retry(FailedAttempt.Kind.WORKER_LOST, what, retryPolicy, now));
    }

    private boolean isStill(VersionedLease old) {
        return find(old.lease().runId())
                .map(now -> now.etag().equals(old.etag()))
                .orElse(false);
    }

    private Optional<VersionedLease> outcome(Lease written, Stored answer) {
        if (answer instanceof Stored.Created created) {
            return Optional.of(new VersionedLease(written, created.etag(), null));
        }
        return find(written.runId()).filter(now -> now.lease().token().equals(written.token()));
    }

    private Lease sign(Lease lease) {
        return lease.writtenAs(writer + "/" + writes.incrementAndGet());
    }

    private static byte[] bytes(Lease lease) {
        return Json.pretty(lease).getBytes(StandardCharsets.UTF_8);
    }

    private static Lease read(byte[] json) {
        return Json.read(json, Lease.class);
    }
}
