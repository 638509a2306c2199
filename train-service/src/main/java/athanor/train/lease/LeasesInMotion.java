package athanor.train.lease;

import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the store about the leases that are held, or whose last move was not told. One listing finds them among any number of
 * runs that wait or are over, so that a dead worker is noticed as quickly in front of ten thousand queued runs as in front of one.
 *
 * <p>A note is an empty object that is written before the lease is and removed after it, so there may be one too many, and whoever
 * finds it removes it. It carries the attempt: one that is removed late is never that of the next holder.
 */
public final class LeasesInMotion {

    private static final Logger LOG = LoggerFactory.getLogger(LeasesInMotion.class);
    private static final byte[] NOTHING = {};

    private final ObjectStore store;

    LeasesInMotion(ObjectStore store) {
        this.store = store;
    }

    public record Note(RunId run, int attempt) {}

    /** All that are there, in no order. */
    public List<Note> all() {
        List<Note> notes = new ArrayList<>();
        for (String key : store.list(ObjectKeys.leasesInMotion())) {
            String[] parts = key.substring(ObjectKeys.leasesInMotion().length()).split("/");
            try {
                notes.add(new Note(new RunId(parts[0]), Integer.parseInt(parts[1])));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                LOG.debug("{} is no note of a lease", key);
            }
        }
        return notes;
    }

    void note(RunId run, OptionalInt attempt) {
        attempt.ifPresent(number ->
                store.put(ObjectKeys.leaseInMotion(run, number), NOTHING, "application/octet-stream"));
    }

    void forget(RunId run, OptionalInt attempt) {
        attempt.ifPresent(number -> forget(new Note(run, number)));
    }

    /** One that is not removed is found again and costs a look. */
    public void forget(Note note) {
        try {
            store.delete(ObjectKeys.leaseInMotion(note.run(), note.attempt()));
        } catch (StoreException e) {
            LOG.debug("the note of run {} stays for the next who finds it: {}", note.run(), e.getMessage());
        }
    }
}
