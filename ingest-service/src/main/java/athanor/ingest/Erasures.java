package athanor.ingest;

import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunErased;
import athanor.contracts.json.JsonException;
import athanor.contracts.rest.RunErasure;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.EventNotSentException;
import athanor.shell.EventPublisher;
import athanor.shell.RepeatedTask;
import athanor.shell.RunEndings;
import athanor.shell.RunLog;
import athanor.store.StoreException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs that somebody wants gone. The wish is a note in the store, written first; what it asks for is done beside the requests,
 * again and again until nothing is left, by this process or the next one. See docs/adr/0306-everything-of-a-run-can-be-erased.md.
 */
@ApplicationScoped
class Erasures {

    private static final Logger LOG = Logger.getLogger(Erasures.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final EraseRun eraseRun;
    private final EventPublisher publisher;
    private final RunEndings endings;
    private final RunRegister register;
    private final RunBoard board;
    private final Clock clock;
    /** At first what the last process may have left. */
    private final AtomicBoolean underWay = new AtomicBoolean(true);

    private @Nullable RepeatedTask task;

    Erasures(
            EraseRun eraseRun,
            EventPublisher publisher,
            RunEndings endings,
            RunRegister register,
            RunBoard board,
            Clock clock) {
        this.eraseRun = eraseRun;
        this.publisher = publisher;
        this.endings = endings;
        this.register = register;
        this.board = board;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        task = RepeatedTask.forever("erasures", PAUSE, this::passOverAll);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (task != null) {
            task.close();
        }
    }

    /** @throws athanor.shell.ProblemException with status 404 when there never was such a run */
    RunErasure of(String id) {
        RunId run = new RunId(id);
        Optional<Instant> before = endings.erasedAt(run);
        if (before.isEmpty()) {
            erase(register.card(id));
        }
        return new RunErasure(
                run, before.or(() -> endings.erasedAt(run)).orElse(clock.instant()), !eraseRun.isUnderWay(run));
    }

    void erase(RunCard card) {
        Instant now = clock.instant();
        eraseRun.wish(Erasure.of(card.runId(), now, !card.state().over()));
        endings.settleErased(card.runId(), now);
        board.forget(card.runId());
        underWay.set(true);
    }

    private void passOverAll() {
        if (!underWay.getAndSet(false)) {
            return;
        }
        try {
            for (Erasure erasure : eraseRun.underWay()) {
                underWay.set(true);
                RunLog.about(erasure.runId(), () -> pass(erasure));
            }
        } catch (StoreException | EventNotSentException | JsonException e) {
            LOG.warnf("What is to be erased stays for now: %s", e.getMessage());
            underWay.set(true);
        }
    }

    private void pass(Erasure erasure) {
        RunId run = erasure.runId();
        if (erasure.keys().isEmpty()) {
            tellWhoIsAtWork(erasure);
        }
        Optional<RunErased> erased = eraseRun.pass(erasure);
        if (erased.isPresent()) {
            // What was told of the run while it was still alive may have come behind the word that it is gone.
            tellThatItIsGone(run);
            publisher.publish(erased.get(), "ingest/erased", 1);
            eraseRun.forget(erasure);
            LOG.infof("Erased: %s", erased.get());
        }
    }

    private void tellWhoIsAtWork(Erasure erasure) {
        // Once more, should this be a process that found the note and nothing else.
        endings.settleErased(erasure.runId(), erasure.requestedAt());
        board.forget(erasure.runId());
        if (erasure.wasLive()) {
            publisher.publish(
                    new RunCommand.CancelRun(erasure.runId(), erasure.requestedAt()),
                    "command/CancelRun",
                    erasure.requestedAt().toEpochMilli());
        }
        tellThatItIsGone(erasure.runId());
    }

    private void tellThatItIsGone(RunId run) {
        publisher.publishState(run, run.value(), new RunState.Erased());
    }
}
