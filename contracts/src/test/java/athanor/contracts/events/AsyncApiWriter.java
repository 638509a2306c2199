package athanor.contracts.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One AsyncAPI 3.0 document for the whole suite: every topic, what travels on it, and how. */
final class AsyncApiWriter {

    private static final List<String> HEADERS = List.of("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time");

    private AsyncApiWriter() {}

    static Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("asyncapi", "3.0.0");
        document.put("info", info());
        document.put("defaultContentType", "application/json");
        document.put("channels", channels());
        document.put("components", Map.of("messages", messages()));
        return document;
    }

    private static Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", "Athanor");
        info.put("version", "1");
        info.put(
                "description",
                "Events of the training suite: CloudEvents 1.0 in Kafka's binary mode, record key = run id, value = plain JSON."
                        + " What cannot be handled goes to the topic's name with .dlq behind it.");
        return info;
    }

    private static Map<String, Object> channels() {
        Map<String, Object> channels = new LinkedHashMap<>();
        for (TopicSpec topic : Topics.all()) {
            List<EventType> events = eventsOf(topic.name());
            if (!events.isEmpty()) {
                channels.put(topic.name(), channel(topic, events));
            }
        }
        return channels;
    }

    private static List<EventType> eventsOf(String topic) {
        boolean queue = topic.startsWith(Topics.TRAINING_QUEUE_PREFIX) && !topic.endsWith(".dlq");
        return Arrays.stream(EventType.values())
                .filter(type -> type.topic().equals(topic) || queue && type == EventType.DATASET_PREPARED)
                .toList();
    }

    private static Map<String, Object> channel(TopicSpec topic, List<EventType> events) {
        Map<String, Object> messages = new LinkedHashMap<>();
        for (EventType event : events) {
            messages.put(nameOf(event), Map.of("$ref", "#/components/messages/" + nameOf(event)));
        }
        Map<String, Object> kafka = new LinkedHashMap<>();
        kafka.put("partitions", topic.partitions());
        Map<String, Object> retention = new LinkedHashMap<>();
        retention.put("cleanup.policy", List.of(topic.cleanup().name().toLowerCase(java.util.Locale.ROOT)));
        if (!topic.retention().isZero()) {
            retention.put("retention.ms", topic.retention().toMillis());
        }
        kafka.put("topicConfiguration", retention);
        Map<String, Object> channel = new LinkedHashMap<>();
        channel.put("address", topic.name());
        channel.put("messages", messages);
        channel.put("bindings", Map.of("kafka", kafka));
        return channel;
    }

    private static Map<String, Object> messages() {
        Map<String, Object> messages = new LinkedHashMap<>();
        for (EventType event : EventType.values()) {
            messages.put(nameOf(event), message(event));
        }
        return messages;
    }

    private static Map<String, Object> message(EventType event) {
        Map<String, Object> headers = new LinkedHashMap<>();
        HEADERS.forEach(header -> headers.put(header, Map.of("type", "string")));
        headers.put("ce_type", Map.of("const", event.wire()));
        headers.put("traceparent", Map.of("type", "string"));
        Map<String, Object> headerSchema = new LinkedHashMap<>();
        headerSchema.put("type", "object");
        headerSchema.put("properties", headers);
        headerSchema.put("required", new ArrayList<>(HEADERS));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("name", event.wire());
        message.put("headers", headerSchema);
        message.put("payload", Map.of("$ref", "./" + event.wire() + ".schema.json"));
        message.put("bindings", Map.of("kafka", Map.of("key", Map.of("type", "string"))));
        return message;
    }

    private static String nameOf(EventType event) {
        return event.record().getSimpleName();
    }
}
