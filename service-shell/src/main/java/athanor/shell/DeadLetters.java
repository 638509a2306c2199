package athanor.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import athanor.contracts.Excerpt;
import athanor.contracts.ObjectRef;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.StoreException;
import athanor.store.Stored;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts aside what could not be handled: the record as it came, on {@code <topic>.dlq}, with headers that say why and where
 * from, so that it can be looked at and sent again. Names of the headers as in SmallRye.
 *
 * <p>A dead letter has a few headers more than its record, so a record that just fitted does not fit any more. Then its
 * bytes go to the store and the letter carries their {@link ObjectRef}; where the store does not take them either, the
 * letter carries the beginning. Only a broker that does not answer makes a letter wait.
 */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int LONGEST_LINE = 500;
    private static final int LONGEST_REASON = 2_000;
    private static final int LONGEST_STACK = 8_000;
    private static final int LONGEST_KEY = 1_000;
    private static final int LONGEST_HEADER = 4_096;
    private static final int MOST_HEADERS = 32_768;
    private static final int BEGINNING = 65_536;

    private final EventPublisher publisher;
    private final ObjectStore store;
    private final MeterRegistry metrics;
    private final String service;

    DeadLetters(
            EventPublisher publisher,
            ObjectStore store,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.publisher = publisher;
        this.store = store;
        this.metrics = metrics;
        this.service = service;
    }

    /** For onlookers, of whom a topic has many: the first of them is enough. */
    void putIfFirst(ConsumerRecord<String, byte[]> record, String reason) {
        if (claim(record).isEmpty()) {
            send(record, reason, null);
        }
    }

    /**
     * Puts a record aside for whoever has to handle it. When another service has done so already, that is enough; when this
     * one has, the record came again because it died meanwhile, perhaps before it got to it.
     *
     * @param cause absent when the record itself is at fault and nothing was thrown
     * @throws EventNotSentException when the broker is away
     */
    public void put(ConsumerRecord<String, byte[]> record, String reason, @Nullable Throwable cause) {
        Optional<String> earlier = claim(record);
        if (earlier.isEmpty() || earlier.get().equals(service)) {
            send(record, reason, cause);
        }
    }

    /** @return the service that was first to put this record aside; empty when that is this call, or nobody can tell */
    private Optional<String> claim(ConsumerRecord<String, byte[]> record) {
        String key =
                ObjectKeys.deadLetterClaim(record.topic(), record.partition(), record.offset(), record.timestamp());
        try {
            return store.putIfAbsent(key, service.getBytes(UTF_8), "text/plain") instanceof Stored.Created
                    ? Optional.empty()
                    : store.find(key).map(found -> new String(found.bytes(), UTF_8));
        } catch (StoreException e) {
            LOG.debugf("a letter twice is better than none: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private void send(ConsumerRecord<String, byte[]> record, String reason, @Nullable Throwable cause) {
        String sentence = Excerpt.of(reason, LONGEST_REASON);
        try {
            publisher.send(
                    Topics.deadLetter(record.topic()),
                    record.key(),
                    record.value(),
                    explained(new RecordHeaders(record.headers()), record, sentence, cause));
        } catch (EventTooLargeException e) {
            putWhatFits(record, sentence, cause);
        }
        metrics.counter("athanor.events.dead.letters", "topic", record.topic()).increment();
        LOG.warnf("Put aside record %d of %s: %s", record.offset(), record.topic(), Excerpt.of(sentence, LONGEST_LINE));
    }

    private void putWhatFits(ConsumerRecord<String, byte[]> record, String sentence, @Nullable Throwable cause) {
        byte[] whole = record.value() == null ? new byte[0] : record.value();
        Headers headers = explained(beginningOf(record.headers()), record, sentence, cause);
        byte[] value;
        try {
            ObjectRef kept = store.put(
                    ObjectKeys.deadLetterValue(record.topic(), record.partition(), record.offset(), record.timestamp()),
                    whole,
                    "application/octet-stream");
            value = Json.bytes(kept);
            Envelope.add(
                    headers,
                    "dead-letter-value",
                    "the value of %d bytes lies in the store, this is where".formatted(whole.length));
        } catch (StoreException e) {
            value = Arrays.copyOf(whole, Math.min(BEGINNING, whole.length));
            Envelope.add(
                    headers,
                    "dead-letter-value",
                    "cut: the first %d of %d bytes, because the store did not take them (%s)"
                            .formatted(value.length, whole.length, e.getMessage()));
        }
        try {
            publisher.send(Topics.deadLetter(record.topic()), beginningOf(record.key()), value, headers);
        } catch (EventTooLargeException e) {
            LOG.errorf(
                    "Record %d of partition %d of %s cannot even be put aside in part: %s",
                    record.offset(), record.partition(), record.topic(), e.getMessage());
        }
    }

    private Headers explained(
            Headers headers, ConsumerRecord<String, byte[]> record, String reason, @Nullable Throwable cause) {
        Envelope.add(headers, "dead-letter-reason", reason);
        Envelope.add(headers, "dead-letter-topic", record.topic());
        Envelope.add(headers, "dead-letter-partition", Integer.toString(record.partition()));
        Envelope.add(headers, "dead-letter-offset", Long.toString(record.offset()));
        Envelope.add(headers, "dead-letter-service", service);
        if (cause != null) {
            Envelope.add(headers, "dead-letter-cause", cause.getClass().getName());
            Envelope.add(headers, "dead-letter-stack", stackOf(cause));
        }
        return headers;
    }

    private static @Nullable String beginningOf(@Nullable String key) {
        return key == null ? null : Excerpt.of(key, LONGEST_KEY);
    }

    /** Of each header the beginning, as long as there is room. */
    private static Headers beginningOf(Headers given) {
        Headers kept = new RecordHeaders();
        int room = MOST_HEADERS;
        int leftOut = 0;
        for (Header header : given) {
            byte[] value = header.value() == null ? new byte[0] : header.value();
            int taken = header.key().length() + Math.min(LONGEST_HEADER, value.length);
            if (taken > room) {
                leftOut++;
                continue;
            }
            room -= taken;
            kept.add(header.key(), Arrays.copyOf(value, Math.min(LONGEST_HEADER, value.length)));
        }
        if (leftOut > 0) {
            Envelope.add(kept, "dead-letter-headers-left-out", Integer.toString(leftOut));
        }
        return kept;
    }

    private static String stackOf(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return Excerpt.of(text.toString(), LONGEST_STACK);
    }
}
