package athanor.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import athanor.contracts.events.EventId;
import athanor.contracts.events.EventType;
import athanor.contracts.run.RunId;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 in Kafka's binary mode: the attributes are headers, the value is the plain JSON of the event.
 * {@code traceparent} is added by the tracing of the channel.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">binding</a>
 */
public final class Envelope {

    static final String ID = "ce_id";
    static final String TYPE = "ce_type";

    /** An extension attribute: whose the run is, where somebody is said to own it. */
    public static final String TENANT = "ce_tenant";

    private Envelope() {}

    /** @param source which service speaks, for example {@code /athanor/ingest-service} */
    public static Headers headers(EventId id, EventType type, String source, RunId subject, Instant time) {
        Headers headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, ID, id.value());
        add(headers, TYPE, type.wire());
        add(headers, "ce_source", source);
        add(headers, "ce_subject", subject.value());
        add(headers, "ce_time", time.toString());
        add(headers, "content-type", "application/json");
        return headers;
    }

    static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /** Whose the run of a record is, as its producer says. */
    public static Optional<String> tenant(Headers headers) {
        return Optional.ofNullable(text(headers, TENANT)).filter(name -> !name.isBlank());
    }

    static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
