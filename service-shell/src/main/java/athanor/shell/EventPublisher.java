package athanor.shell;

import athanor.contracts.events.EventId;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import io.opentelemetry.context.Context;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/**
 * Sends events. Every method returns when the broker has the record, so what comes next in the caller happens after the
 * event, or throws {@link EventNotSentException} or {@link EventTooLargeException}. Not to be called on an event loop.
 */
@ApplicationScoped
public class EventPublisher {

    /** Longer than the producer's own delivery time-out, whose error says more. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final MutinyEmitter<byte[]> channel;
    private final RunEndings endings;
    private final RunTenants tenants;
    private final String source;
    private final Clock clock;

    EventPublisher(
            @Channel("athanor-events") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> channel,
            RunEndings endings,
            RunTenants tenants,
            @ConfigProperty(name = "quarkus.application.name") String service,
            Clock clock) {
        this.channel = channel;
        this.endings = endings;
        this.tenants = tenants;
        this.source = "/athanor/" + service;
        this.clock = clock;
    }

    /**
     * Sends the event to its topic under its run id, as {@code <runId>/<stage>/<sequence>}. Of a run that is over only
     * its end is told, whatever snapshot is given.
     *
     * @param stage who speaks about what, the same when the same fact is told again
     * @param sequence tells the events of one stage apart, never a random number or a time
     */
    public void publish(RunEvent event, String stage, long sequence) {
        if (event instanceof RunSnapshot snapshot) {
            tell(snapshot, stage, sequence);
        } else {
            deliver(event, stage, sequence);
        }
    }

    private Optional<RunSnapshot> tell(RunSnapshot snapshot, String stage, long sequence) {
        if (snapshot.state().over()) {
            return Optional.of(tellEnd(endings.settle(snapshot)));
        }
        if (endings.of(snapshot.runId()).isPresent()) {
            return Optional.empty();
        }
        deliver(snapshot, stage, sequence);
        // The topic keeps the last snapshot of a run for ever: when the run ended meanwhile, the end must come last.
        return endings.of(snapshot.runId()).map(this::tellEnd).or(() -> Optional.of(snapshot));
    }

    private RunSnapshot tellEnd(RunSnapshot end) {
        if (end.state() instanceof RunState.Erased) {
            forget(end);
            return end;
        }
        deliver(end, "state/" + end.state().name(), end.state().rank());
        return end;
    }

    /** A record without a value makes a compacted topic forget its key. */
    private void forget(RunSnapshot end) {
        EventId id = EventId.of(
                end.runId(), "state/" + end.state().name(), end.state().rank());
        Headers headers = headers(id, EventType.RUN_SNAPSHOT, end.runId());
        send(Topics.RUN_STATE, end.runId().value(), null, headers);
    }

    private void deliver(RunEvent event, String stage, long sequence) {
        EventType type = EventType.of(event);
        EventId id = EventId.of(event.runId(), stage, sequence);
        Headers headers = headers(id, type, event.runId());
        send(EventType.topicOf(event), event.runId().value(), Json.bytes(event), headers);
    }

    private Headers headers(EventId id, EventType type, RunId run) {
        Headers headers = Envelope.headers(id, type, source, run, clock.instant());
        tenants.of(run).ifPresent(tenant -> Envelope.add(headers, Envelope.TENANT, tenant));
        return headers;
    }

    /**
     * Tells everybody where a run stands. A training says so once per attempt, its steps are progress.
     *
     * @return the snapshot that was told: the given one, or how the run has ended; nothing when that was told before
     */
    public Optional<RunSnapshot> publishState(RunId run, String name, RunState state) {
        return publishState(new RunSnapshot(run, name, state, clock.instant()));
    }

    /** The same of a snapshot that was taken before. */
    public Optional<RunSnapshot> publishState(RunSnapshot snapshot) {
        RunState state = snapshot.state();
        long sequence = state instanceof RunState.Training training ? training.attempt() : state.rank();
        return tell(snapshot, "state/" + state.name(), sequence);
    }

    void send(String topic, @Nullable String key, byte @Nullable [] value, Headers headers) {
        OutgoingKafkaRecordMetadata<String> where = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(topic)
                .withKey(key)
                .withHeaders(headers)
                .build();
        try {
            channel.sendMessage(Message.of(value)
                            .addMetadata(where)
                            .addMetadata(TracingMetadata.withCurrent(Context.current())))
                    .await()
                    .atMost(PATIENCE);
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (isTooLarge(e)) {
                throw new EventTooLargeException(topic, value == null ? 0 : value.length, cause);
            }
            throw new EventNotSentException(topic, cause);
        }
    }

    /** Said by the client before it sends, or by the broker about the compressed bytes. */
    private static boolean isTooLarge(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof RecordTooLargeException);
    }
}
