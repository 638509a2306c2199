package athanor.shell;

import athanor.contracts.FailureReason;
import athanor.contracts.RunEvent;
import athanor.contracts.RunState;
import athanor.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * The way in for events. A consumer hands each record over with the type it wants and a handler; when this returns, the
 * record is done with: handled, of no interest, put aside, or its run is failed. Kafka delivers at least once, so handlers
 * are idempotent.
 *
 * <p>A store or broker that does not answer delays a run and loses nothing: the record is tried until they are back. Any
 * other failure is tried again a few times, then the record is put aside and its run fails.
 */
@ApplicationScoped
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final DeadLetters deadLetters;
    private final EventPublisher publisher;
    private final InboxSettings settings;
    private final long started;

    Inbox(DeadLetters deadLetters, EventPublisher publisher, InboxSettings settings, Clock clock) {
        this.deadLetters = deadLetters;
        this.publisher = publisher;
        this.settings = settings;
        this.started = clock.millis();
    }

    /** For events that drive a run: when they cannot be handled, the run fails. */
    public <T extends RunEvent> void handle(
            ConsumerRecord<String, byte[]> record, Class<T> wanted, Consumer<T> handler) {
        receive(record, wanted, handler, true);
    }

    /**
     * For events that are only looked at: the run goes on without the onlooker. An onlooker reads a topic from its beginning
     * at each start, so only what is newer than this process is put aside.
     */
    public <T extends RunEvent> void observe(
            ConsumerRecord<String, byte[]> record, Class<T> wanted, Consumer<T> handler) {
        receive(record, wanted, handler, false);
    }

    private <T extends RunEvent> void receive(
            ConsumerRecord<String, byte[]> record, Class<T> wanted, Consumer<T> handler, boolean drivesTheRun) {
        Reading reading = Reading.of(record);
        if (reading instanceof Reading.Rejected rejected) {
            if (!drivesTheRun && record.timestamp() < started) {
                return;
            }
            untilTheBrokerAnswers(() -> deadLetters.put(record, rejected.reason(), null));
        } else if (reading instanceof Reading.Event found && wanted.isInstance(found.event())) {
            T event = wanted.cast(found.event());
            RunLog.about(event.runId(), () -> attempt(record, event, handler, drivesTheRun));
        }
    }

    private <T extends RunEvent> void attempt(
            ConsumerRecord<String, byte[]> record, T event, Consumer<T> handler, boolean drivesTheRun) {
        for (int failures = 0; ; ) {
            Duration pause;
            try {
                handler.accept(event);
                return;
            } catch (RunFailedException e) {
                untilTheBrokerAnswers(() -> fail(event, e.reason(), e.evidence()));
                return;
            } catch (StoreException e) {
                if (!e.mayPass()) {
                    giveUp(record, event, e, drivesTheRun);
                    return;
                }
                pause = wait(event, e);
            } catch (EventNotSentException e) {
                pause = wait(event, e);
            } catch (RuntimeException e) {
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

    private Duration wait(RunEvent event, RuntimeException cause) {
        LOG.warnf("Waiting to handle %s: %s", event.getClass().getSimpleName(), cause.getMessage());
        return settings.outagePause();
    }

    private void giveUp(
            ConsumerRecord<String, byte[]> record, RunEvent event, RuntimeException cause, boolean drivesTheRun) {
        String sentence = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        FailureReason reason =
                cause instanceof StoreException ? FailureReason.OBJECT_MISSING_OR_DAMAGED : FailureReason.INTERNAL;
        untilTheBrokerAnswers(() -> deadLetters.put(record, sentence, cause));
        if (drivesTheRun) {
            untilTheBrokerAnswers(() -> fail(event, reason, sentence));
        }
    }

    private void fail(RunEvent event, FailureReason reason, String evidence) {
        LOG.errorf("The run failed, %s: %s", reason, evidence);
        RunState failed = new RunState.Failed(reason, evidence, reason.remedy());
        publisher.publishState(event.runId(), RunName.of(event), failed);
    }

    private void untilTheBrokerAnswers(Runnable sending) {
        for (; ; ) {
            try {
                sending.run();
                return;
            } catch (RuntimeException e) {
                LOG.errorf("The broker does not take a record, trying on: %s", e.getMessage());
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
