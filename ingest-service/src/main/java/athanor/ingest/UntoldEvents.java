package athanor.ingest;

import athanor.contracts.events.EventType;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.EventNotSentException;
import athanor.shell.EventPublisher;
import athanor.shell.EventTooLargeException;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What has happened and is still to be told, so that nobody who asks for something waits for the broker. A note in the store holds
 * each event until the broker has it; this process or the next one sees to that. The events of a run are told in the order in
 * which they happened.
 */
@ApplicationScoped
class UntoldEvents implements Outbox {

    private static final Logger LOG = Logger.getLogger(UntoldEvents.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** What another process left behind is found without any news of this one. */
    private static final long LOOKS_BETWEEN_SEARCHES = 300;

    private final EventPublisher publisher;
    private final RunEndings endings;
    private final RunBoard board;
    private final ObjectStore store;
    private final Clock clock;
    private final String process = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong lastPlace = new AtomicLong();
    /** At first what the last process may have left. */
    private final AtomicBoolean untold = new AtomicBoolean(true);

    private long looks;
    private @Nullable RepeatedTask telling;

    /** @param event as JSON of its type */
    record Note(EventType type, String stage, long sequence, String event) {}

    UntoldEvents(EventPublisher publisher, RunEndings endings, RunBoard board, ObjectStore store, Clock clock) {
        this.publisher = publisher;
        this.endings = endings;
        this.board = board;
        this.store = store;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        telling = RepeatedTask.forever("untold-events", PAUSE, this::look);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (telling != null) {
            telling.close();
        }
    }

    @Override
    public void publish(RunEvent event, String stage, long sequence) {
        Note note = new Note(EventType.of(event), stage, sequence, Json.write(event));
        store.put(ObjectKeys.untoldEvent(event.runId(), nextPlace()), Json.bytes(note), "application/json");
        untold.set(true);
    }

    @Override
    public Optional<RunSnapshot> publishState(RunId run, String name, RunState state) {
        RunSnapshot wanted = new RunSnapshot(run, name, state, clock.instant());
        if (!state.over() && endings.of(run).isPresent()) {
            return Optional.empty();
        }
        // Noted before it is settled: who tells of an end settles it, so it counts also when this process ends in
        // between.
        publish(wanted, "state/" + state.name(), state.rank());
        RunSnapshot told = state.over() ? endings.settle(wanted) : wanted;
        board.tell(told);
        return Optional.of(told);
    }

    /** In the order of time, also when the clock is set back meanwhile. */
    private String nextPlace() {
        long micros = clock.millis() * 1000;
        long place = lastPlace.updateAndGet(last -> Math.max(last + 1, micros));
        return "%019d-%s".formatted(place, process);
    }

    private void look() {
        boolean search = looks++ % LOOKS_BETWEEN_SEARCHES == 0;
        if (!untold.getAndSet(false) && !search) {
            return;
        }
        try {
            tellAll();
        } catch (StoreException | EventNotSentException e) {
            LOG.debugf("events stay untold for now: %s", e.getMessage());
            untold.set(true);
        }
    }

    private void tellAll() {
        for (String key : store.list(ObjectKeys.untoldEvents())) {
            try {
                store.find(key)
                        .map(found -> Json.read(found.bytes(), Note.class))
                        .ifPresent(this::tell);
                store.delete(key);
            } catch (JsonException e) {
                LOG.errorf("%s cannot be read and is thrown away: %s", key, e.getMessage());
                store.delete(key);
            } catch (StoreException | EventNotSentException e) {
                throw e; // the others would fare no better
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s cannot be told and is tried again later; the others are told", key);
            }
        }
    }

    private void tell(Note note) {
        RunEvent event = Json.readEvent(note.event().getBytes(StandardCharsets.UTF_8), note.type());
        RunLog.about(event.runId(), () -> {
            try {
                send(event, note);
            } catch (EventTooLargeException e) {
                LOG.errorf("The run fails: %s", e.getMessage());
                String name = board.find(event.runId())
                        .map(RunCard::name)
                        .orElse(event.runId().value());
                publisher.publishState(
                        event.runId(),
                        name,
                        RunState.Failed.of(FailureReason.BAD_RECIPE, String.valueOf(e.getMessage())));
            }
        });
    }

    private void send(RunEvent event, Note note) {
        if (event instanceof RunSnapshot snapshot) {
            publisher.publishState(snapshot);
        } else {
            publisher.publish(event, note.stage(), note.sequence());
        }
    }
}
