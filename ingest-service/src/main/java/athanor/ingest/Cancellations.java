package athanor.ingest;

import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.EventNotSentException;
import athanor.shell.EventPublisher;
import athanor.shell.RepeatedTask;
import athanor.shell.RunEndings;
import athanor.shell.RunLog;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What somebody cancelled by a request, who does not wait for the broker: the end is a write to the store, so it stands at once, and
 * the telling may take its time. A note in the store says what is still to be told, until it is: this process or the next one sees to it.
 */
@ApplicationScoped
class Cancellations {

    private static final Logger LOG = Logger.getLogger(Cancellations.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final EventPublisher publisher;
    private final RunEndings endings;
    private final RunBoard board;
    private final ObjectStore store;
    private final Clock clock;
    /** At first what the last process may have left. */
    private final AtomicBoolean untold = new AtomicBoolean(true);

    private @Nullable RepeatedTask telling;

    Cancellations(EventPublisher publisher, RunEndings endings, RunBoard board, ObjectStore store, Clock clock) {
        this.publisher = publisher;
        this.endings = endings;
        this.board = board;
        this.store = store;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        telling = RepeatedTask.forever("cancellations", PAUSE, this::tellWhatIsUntold);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (telling != null) {
            telling.close();
        }
    }

    /** @return how the run ended: by this cancellation, or before it */
    RunState of(RunId run, String name) {
        RunSnapshot wanted = new RunSnapshot(run, name, new RunState.Cancelled(), clock.instant());
        store.put(ObjectKeys.untoldCancellation(run), Json.bytes(wanted), "application/json");
        RunSnapshot end = endings.settle(wanted);
        board.tell(end);
        if (end.state() instanceof RunState.Cancelled) {
            untold.set(true);
        } else {
            store.delete(ObjectKeys.untoldCancellation(run));
        }
        return end.state();
    }

    private void tellWhatIsUntold() {
        if (!untold.getAndSet(false)) {
            return;
        }
        try {
            tellAll();
        } catch (StoreException | EventNotSentException e) {
            LOG.debugf("a cancellation stays untold for now: %s", e.getMessage());
            untold.set(true);
        }
    }

    private void tellAll() {
        for (String key : store.list(ObjectKeys.untoldCancellations())) {
            try {
                store.find(key)
                        .map(found -> Json.read(found.bytes(), RunSnapshot.class))
                        .ifPresent(end -> RunLog.about(end.runId(), () -> tell(end)));
            } catch (IllegalArgumentException e) {
                LOG.errorf("%s cannot be read and is thrown away: %s", key, e.getMessage());
            }
            store.delete(key);
        }
    }

    /** A wish may be told twice at different times, so its own time tells it apart. */
    private void tell(RunSnapshot end) {
        RunCommand command = new RunCommand.CancelRun(end.runId(), end.at());
        publisher.publish(command, "command/CancelRun", end.at().toEpochMilli());
        publisher.publishState(end.runId(), end.name(), end.state());
    }
}
