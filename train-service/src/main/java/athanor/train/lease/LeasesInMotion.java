package athanor.train.lease;

import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the store about the leases that are held, whose last move was not told, or that had a worker and wait for the next. One
 * listing finds them among any number of runs that wait or are over, so that a dead worker is noticed as quickly in front of ten
 * thousand queued runs as in front of one.
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

    public record Note(RunId run, Motion motion) {

        private String key() {
            return ObjectKeys.leaseInMotion(run, motion.attempt(), motion.waits());
        }
    }

    /** All that are there, in no order. */
    public List<Note> all() {
        List<Note> notes = new ArrayList<>();
        for (String key : store.list(ObjectKeys.leasesInMotion())) {
            read(key).ifPresentOrElse(notes::add, () -> LOG.debug("{} is no note of a lease", key));
        }
        return notes;
    }

    private static Optional<Note> read(String key) {
        String[] parts = key.substring(ObjectKeys.leasesInMotion().length()).split("[/.]");
        try {
            RunId run = new RunId(parts[0]);
            Note note = new Note(run, new Motion(Integer.parseInt(parts[1]), parts[2].equals("waits")));
            return Optional.of(note).filter(read -> read.key().equals(key));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    void note(RunId run, Motion motion) {
        store.put(new Note(run, motion).key(), NOTHING, "application/octet-stream");
    }

    /** One that is not removed is found again and costs a look. */
    public void forget(Note note) {
        try {
            store.delete(note.key());
        } catch (StoreException e) {
            LOG.debug("the note of run {} stays for the next who finds it: {}", note.run(), e.getMessage());
        }
    }
}
