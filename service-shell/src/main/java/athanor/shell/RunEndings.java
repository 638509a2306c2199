package athanor.shell;

import athanor.contracts.events.RunSnapshot;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How runs ended. A run has one end, and the first that is written is it: finished, failed and cancelled race for one
 * conditional write in the store, so that no service shows another end than the others.
 *
 * <p>Cancellations are also remembered in memory, as soon as their command is heard: work in progress looks there between
 * two pictures, where a look into the store would cost too much. See docs/adr/0003-one-end-of-a-run.md.
 */
@ApplicationScoped
public class RunEndings {

    private final ObjectStore store;
    private final Set<RunId> cancelled = ConcurrentHashMap.newKeySet();

    RunEndings(ObjectStore store) {
        this.store = store;
    }

    /** The end that was written, if any. */
    public Optional<RunSnapshot> of(RunId run) {
        return store.find(ObjectKeys.ending(run)).map(found -> Json.read(found.bytes(), RunSnapshot.class));
    }

    /** Remembers a cancellation that somebody asked for; {@link #settle} makes it the run's end. */
    public void noteCancelled(RunId run) {
        cancelled.add(run);
    }

    /** Whether this process has heard that the run is cancelled. Asks nobody. */
    public boolean isCancelled(RunId run) {
        return cancelled.contains(run);
    }

    /** Whether the run has ended or is about to. */
    public boolean isOver(RunId run) {
        return isCancelled(run) || of(run).isPresent();
    }

    /** Takes back that the run failed, because somebody resumes it; a run that finished or was cancelled stays so. */
    public void reopen(RunId run) {
        of(run).filter(end -> end.state() instanceof RunState.Failed)
                .ifPresent(end -> store.delete(ObjectKeys.ending(run)));
    }

    /** When the run was erased, or nothing. */
    public Optional<Instant> erasedAt(RunId run) {
        return of(run).filter(end -> end.state() instanceof RunState.Erased).map(RunSnapshot::at);
    }

    /** Puts the last of all ends in the place of any other. It says nothing of the run but its id. */
    public void settleErased(RunId run, Instant at) {
        if (erasedAt(run).isEmpty()) {
            RunSnapshot end = new RunSnapshot(run, run.value(), new RunState.Erased(), at);
            store.put(ObjectKeys.ending(run), Json.bytes(end), "application/json");
        }
        noteCancelled(run);
    }

    /**
     * Makes this the run's end, without telling anybody.
     *
     * @return the given end, or the one that was there before it
     */
    public RunSnapshot settle(RunSnapshot end) {
        store.putIfAbsent(ObjectKeys.ending(end.runId()), Json.bytes(end), "application/json");
        return of(end.runId()).orElse(end);
    }
}
