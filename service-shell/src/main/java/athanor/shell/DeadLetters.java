package athanor.shell;

import athanor.contracts.events.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts aside what could not be handled: the record as it came, on {@code <topic>.dlq}, with headers that say why and where
 * from, so that it can be looked at and sent again. Names of the headers as in SmallRye.
 */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int LONGEST_STACK = 8_000;

    private final EventPublisher publisher;
    private final MeterRegistry metrics;
    private final String service;

    DeadLetters(
            EventPublisher publisher,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.publisher = publisher;
        this.metrics = metrics;
        this.service = service;
    }

    /** @param cause absent when the record itself is at fault and nothing was thrown */
    public void put(ConsumerRecord<String, byte[]> record, String reason, @Nullable Throwable cause) {
        Headers headers = new RecordHeaders(record.headers());
        Envelope.add(headers, "dead-letter-reason", reason);
        Envelope.add(headers, "dead-letter-topic", record.topic());
        Envelope.add(headers, "dead-letter-partition", Integer.toString(record.partition()));
        Envelope.add(headers, "dead-letter-offset", Long.toString(record.offset()));
        Envelope.add(headers, "dead-letter-service", service);
        if (cause != null) {
            Envelope.add(headers, "dead-letter-cause", cause.getClass().getName());
            Envelope.add(headers, "dead-letter-stack", stackOf(cause));
        }
        publisher.send(Topics.deadLetter(record.topic()), record.key(), record.value(), headers);
        metrics.counter("athanor.events.dead.letters", "topic", record.topic()).increment();
        LOG.warnf("Put aside record %d of %s: %s", record.offset(), record.topic(), reason);
    }

    private static String stackOf(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.getBuffer()
                .substring(0, Math.min(LONGEST_STACK, text.getBuffer().length()));
    }
}
