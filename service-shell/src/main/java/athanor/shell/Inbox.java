package athanor.shell;

import athanor.contracts.Excerpt;
import athanor.contracts.events.CheckpointSaved;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunRequested;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * The way in for events. A consumer hands each record over with the type it wants and a handler; when this returns, the
 * record is done with: handled, of no interest, put aside, or its run is failed. Kafka delivers at least once, so handlers
 * are idempotent.
 *
 * <p>An event about a run that is over changes nothing: its handler is not called. A handler that is at work when its run
 * is cancelled looks at {@link RunEndings#isCancelled} between two pieces of work and leaves by a {@link
 * CancellationException}.
 *
 * <p>A store or broker that does not answer delays a run and loses nothing: the record is tried until they are back. Any
 * other failure is tried again a few times, then the record is put aside and its run fails. Nothing that a record says or
 * does keeps the ones behind it waiting. What ends the process twice is not begun a third time ({@link CrashGuard}).
 */
@ApplicationScoped
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final int LONGEST_LINE = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final DeadLetters deadLetters;
    private final EventPublisher publisher;
    private final RunEndings endings;
    private final CrashGuard crashGuard;
    private final InboxSettings settings;
    private final long started;

    Inbox(
            DeadLetters deadLetters,
            EventPublisher publisher,
            RunEndings endings,
            CrashGuard crashGuard,
            InboxSettings settings,
            Clock clock) {
        this.deadLetters = deadLetters;
        this.publisher = publisher;
        this.endings = endings;
        this.crashGuard = crashGuard;
        this.settings = settings;
        this.started = clock.millis();
    }

    /** For events that drive a run: when they cannot be handled, the run fails. */
    public <T extends RunEvent> void handle(
            ConsumerRecord<String, byte[]> record, Class<T> wanted, EventHandler<T> handler) {
        receive(record, wanted, handler, true);
    }

    /**
     * For events that are only looked at: the run goes on without the onlooker. An onlooker reads a topic from its beginning
     * at each start, so only what is newer than this process is put aside.
     */
    public <T extends RunEvent> void observe(
            ConsumerRecord<String, byte[]> record, Class<T> wanted, EventHandler<T> handler) {
        receive(record, wanted, handler, false);
    }

    private <T extends RunEvent> void receive(
            ConsumerRecord<String, byte[]> record, Class<T> wanted, EventHandler<T> handler, boolean drivesTheRun) {
        Reading reading = Reading.of(record);
        if (reading instanceof Reading.Rejected rejected) {
            if (drivesTheRun) {
                untilTheBrokerAnswers(() -> deadLetters.put(record, rejected.reason(), null));
                failIfAwaited(rejected, wanted, handler);
            } else if (record.timestamp() >= started) {
                untilTheBrokerAnswers(() -> deadLetters.putIfFirst(record, rejected.reason()));
            }
        } else if (reading instanceof Reading.Event found && wanted.isInstance(found.event())) {
            T event = wanted.cast(found.event());
            String work = found.id().value();
            RunLog.about(event.runId(), () -> attempt(record, work, event, handler, drivesTheRun));
        }
    }

    /** Whoever sent it looks at the run, not at the dead letters. */
    private <T extends RunEvent> void failIfAwaited(
            Reading.Rejected rejected, Class<T> wanted, EventHandler<T> handler) {
        // A type that cannot be told, on the topic of strangers, can only be meant to be the one that is taken there.
        boolean meantForUs = rejected.type()
                .map(type -> wanted.isAssignableFrom(type.record()))
                .orElse(wanted == RunRequested.class);
        rejected.run()
                .filter(run -> meantForUs)
                .ifPresent(run -> RunLog.about(
                        run,
                        () -> untilTheBrokerAnswers(() -> {
                            if (handler.isAwaitedBy(run)) {
                                fail(run, run.value(), FailureReason.BAD_RECIPE, rejected.reason());
                            }
                        })));
    }

    private <T extends RunEvent> void attempt(
            ConsumerRecord<String, byte[]> record,
            String work,
            T event,
            EventHandler<T> handler,
            boolean drivesTheRun) {
        for (int failures = 0; ; ) {
            Duration pause;
            try {
                Optional<String> refusal = handler.refuse(event);
                if (refusal.isPresent()) {
                    untilTheBrokerAnswers(() -> deadLetters.put(record, refusal.get(), null));
                } else if (!drivesTheRun || event instanceof RunCommand) {
                    handler.handle(event);
                } else if (!tellIfOver(event)) {
                    handleGuarded(work, event, handler);
                }
                return;
            } catch (RunFailedException e) {
                untilTheBrokerAnswers(() -> fail(event, e.reason(), e.evidence()));
                return;
            } catch (StoreException e) {
                // With a refused key the whole service waits for its operator; that is no reason for a run to fail.
                if (!e.mayPass() && e.kind() != StoreException.Kind.REFUSED) {
                    giveUp(record, event, e, drivesTheRun);
                    return;
                }
                pause = wait(event, e);
            } catch (EventNotSentException e) {
                pause = wait(event, e);
            } catch (EventTooLargeException e) {
                // What the handler has to say does not fit, however often it is said.
                tooMuch(record, event, e, drivesTheRun);
                return;
            } catch (RuntimeException | Error e) {
                if (e instanceof CancellationException && endings.isCancelled(event.runId())) {
                    LOG.info("The run was cancelled; what was begun for it is given up");
                    untilTheBrokerAnswers(
                            () -> publisher.publishState(event.runId(), RunName.of(event), new RunState.Cancelled()));
                    return;
                }
                failures++;
                if (failures == settings.attempts()) {
                    giveUp(record, event, e, drivesTheRun);
                    return;
                }
                pause = settings.pause().multipliedBy(1L << Math.min(failures - 1, 10));
                LOG.warnf(
                        e,
                        "Attempt %d to handle %s failed",
                        failures,
                        event.getClass().getSimpleName());
            }
            sleep(pause);
        }
    }

    private <T extends RunEvent> void handleGuarded(String work, T event, EventHandler<T> handler) {
        int deaths = crashGuard.begin(event.runId(), work);
        try {
            if (deaths < CrashGuard.MOST_DEATHS) {
                handler.handle(event);
            } else if (event instanceof CheckpointSaved) {
                LOG.errorf("%d processes ended while this checkpoint was looked at; the run goes on without", deaths);
            } else {
                throw new RunFailedException(
                        FailureReason.POISONED,
                        "%d times a process ended while it handled %s, without getting any further in between; most often what is asked for takes more memory than the machine has: ask for less, smaller or fewer pictures"
                                .formatted(deaths, event.getClass().getSimpleName()));
            }
        } finally {
            crashGuard.end(event.runId(), work);
        }
    }

    /** Whether the run has ended. Then its end is told again, in case the one who ended it did not get to that. */
    private boolean tellIfOver(RunEvent event) {
        if (endings.isCancelled(event.runId())) {
            throw new CancellationException(
                    "the run was cancelled before its " + event.getClass().getSimpleName());
        }
        Optional<RunSnapshot> end = endings.of(event.runId());
        end.ifPresent(snapshot -> {
            LOG.infof(
                    "%s changes nothing, the run is over (%s)",
                    event.getClass().getSimpleName(), snapshot.state().name());
            publisher.publishState(snapshot.runId(), snapshot.name(), snapshot.state());
        });
        return end.isPresent();
    }

    private Duration wait(RunEvent event, RuntimeException cause) {
        LOG.warnf("Waiting to handle %s: %s", event.getClass().getSimpleName(), cause.getMessage());
        return settings.outagePause();
    }

    private void giveUp(ConsumerRecord<String, byte[]> record, RunEvent event, Throwable cause, boolean drivesTheRun) {
        String sentence = cause.getMessage() == null
                ? "an unforeseen fault without a message; dead-letter-stack says where"
                : cause.getMessage();
        FailureReason reason =
                cause instanceof StoreException ? FailureReason.OBJECT_MISSING_OR_DAMAGED : FailureReason.INTERNAL;
        untilTheBrokerAnswers(() -> deadLetters.put(record, sentence, cause));
        if (drivesTheRun) {
            untilTheBrokerAnswers(() -> fail(event, reason, sentence));
        }
    }

    /** The record that came is not at fault, so it is no dead letter where its run can say what was too much. */
    private void tooMuch(
            ConsumerRecord<String, byte[]> record, RunEvent event, EventTooLargeException cause, boolean drivesTheRun) {
        if (drivesTheRun) {
            untilTheBrokerAnswers(() -> fail(event, FailureReason.BAD_RECIPE, String.valueOf(cause.getMessage())));
        } else {
            untilTheBrokerAnswers(() -> deadLetters.put(record, String.valueOf(cause.getMessage()), cause));
        }
    }

    private void fail(RunEvent event, FailureReason reason, String evidence) {
        fail(event.runId(), RunName.of(event), reason, evidence);
    }

    private void fail(RunId run, String name, FailureReason reason, String evidence) {
        RunState.Failed failed = RunState.Failed.of(reason, evidence);
        LOG.errorf("The run failed, %s: %s", reason, Excerpt.of(failed.evidence(), LONGEST_LINE));
        publisher.publishState(run, name, failed);
    }

    /** Broker and store are waited for; whatever else goes wrong here must not keep the records behind waiting. */
    private void untilTheBrokerAnswers(Runnable sending) {
        for (; ; ) {
            try {
                sending.run();
                return;
            } catch (EventNotSentException e) {
                LOG.errorf("The broker does not take a record, trying on: %s", e.getMessage());
            } catch (StoreException e) {
                if (!e.mayPass() && e.kind() != StoreException.Kind.REFUSED) {
                    LOG.errorf("What cannot be told is let go: %s", e.getMessage());
                    return;
                }
                LOG.errorf("The store does not answer, trying on: %s", e.getMessage());
            } catch (RuntimeException e) {
                LOG.errorf(e, "What cannot be told is let go");
                return;
            }
            sleep(LONGEST_PAUSE);
        }
    }

    /** When the service stops meanwhile this throws, the record is not acknowledged and comes again. */
    private static void sleep(Duration pause) {
        try {
            Thread.sleep(Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a record was waiting to be handled", e);
        }
    }
}
