package athanor.shell;

import athanor.contracts.events.EventId;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunEvent;
import athanor.contracts.json.Json;
import athanor.contracts.json.JsonException;
import athanor.contracts.run.RunId;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What a record on a topic turned out to be. Whatever stands in a record, reading it throws nothing. */
public sealed interface Reading {

    /** @param id tells a second delivery from a second event */
    record Event(EventType type, RunEvent event, EventId id) implements Reading {}

    /**
     * @param reason a sentence for the dead-letter record: what was found, what was wanted, what to do
     * @param type what it was meant to be; empty when nobody can tell
     * @param run whom it is about; empty when nobody can tell
     */
    record Rejected(String reason, Optional<EventType> type, Optional<RunId> run) implements Reading {}

    /** More than any event has: a record may unpack to a thousand times what the broker takes. */
    int MOST_BYTES = 16 << 20;

    Pattern OURS = Pattern.compile("(athanor\\.[A-Za-z]+)\\.v(\\d{1,6})");

    static Reading of(ConsumerRecord<String, byte[]> record) {
        String wire = Envelope.text(record.headers(), Envelope.TYPE);
        String id = Envelope.text(record.headers(), Envelope.ID);
        if (wire == null || id == null || id.isBlank()) {
            return rejected(
                    record,
                    "the record has no %s header; send events as CloudEvents in binary mode"
                            .formatted(wire == null ? Envelope.TYPE : Envelope.ID));
        }
        Optional<EventType> type = EventType.ofWire(wire);
        if (type.isEmpty()) {
            return rejected(record, unknown(wire));
        }
        byte @Nullable [] value = record.value();
        if (value == null) {
            return rejected(record, "a record of type %s has no value".formatted(wire));
        }
        if (value.length > MOST_BYTES) {
            return rejected(
                    record,
                    "a record of type %s has %d bytes; an event has at most %d"
                            .formatted(wire, value.length, MOST_BYTES));
        }
        try {
            RunEvent event = Json.readEvent(value, type.get());
            return fits(record.key(), event)
                    ? new Event(type.get(), event, new EventId(id))
                    : rejected(
                            record,
                            "the record key '%s' is not the run id '%s'".formatted(record.key(), event.runId()));
        } catch (JsonException e) {
            return rejected(record, String.valueOf(e.getMessage()));
        }
    }

    private static Rejected rejected(ConsumerRecord<String, byte[]> record, String reason) {
        String wire = Envelope.text(record.headers(), Envelope.TYPE);
        return new Rejected(reason, wire == null ? Optional.empty() : EventType.ofWire(wire), runOf(record));
    }

    /** A value that names another run than its key is about nobody. */
    private static Optional<RunId> runOf(ConsumerRecord<String, byte[]> record) {
        Optional<RunId> named = record.value() == null || record.value().length > MOST_BYTES
                ? Optional.empty()
                : Json.runIdIn(record.value());
        if (record.key() == null) {
            return named;
        }
        try {
            RunId key = new RunId(record.key());
            return named.isEmpty() || named.get().equals(key) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A producer at the front door may leave the key out; a wrong one would break the order of two runs. */
    private static boolean fits(@Nullable String key, RunEvent event) {
        return key == null || key.equals(event.runId().value());
    }

    private static String unknown(String wire) {
        Matcher ours = OURS.matcher(wire);
        boolean knownByName = ours.matches()
                && Arrays.stream(EventType.values())
                        .anyMatch(type -> type.wire().startsWith(ours.group(1) + ".v"));
        return knownByName
                ? "%s is of a version that this service does not know; update the service, then send the record again"
                        .formatted(wire)
                : "'%s' is no event type of Athanor; known are the types in EventType".formatted(wire);
    }
}
