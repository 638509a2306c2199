package athanor.stack.produce;

import athanor.contracts.events.EventId;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunEvent;
import athanor.contracts.json.Json;
import athanor.stack.infra.StackProblem;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One event onto its topic, in CloudEvents 1.0 binary mode: what any producer outside the suite has to do. */
public final class ProduceEvent {

    private static final int PATIENCE_SECONDS = 10;

    private final Map<String, Object> client;
    private final Clock clock = Clock.systemUTC();

    /** @param client address of the broker and how it is spoken to */
    public ProduceEvent(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /** Where the record lies now. */
    public record Sent(String runId, String type, String topic, int partition, long offset) {}

    public Sent send(EventType type, RunEvent event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(EventType.topicOf(event), event.runId().value(), Json.bytes(event));
        put(record.headers(), "ce_specversion", "1.0");
        put(record.headers(), "ce_type", type.wire());
        put(record.headers(), "ce_source", "/athanor/produce");
        put(
                record.headers(),
                "ce_id",
                EventId.of(event.runId(), "produce/" + type.record().getSimpleName(), 0)
                        .value());
        put(record.headers(), "ce_time", clock.instant().toString());
        put(record.headers(), "content-type", "application/json");
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_SECONDS * 1000L);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            RecordMetadata written = producer.send(record).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Sent(event.runId().value(), type.wire(), written.topic(), written.partition(), written.offset());
        } catch (ExecutionException | TimeoutException e) {
            throw new StackProblem(
                    "no Kafka broker took the event at %s within %d s; start the stack with ./athanor up"
                            .formatted(client.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG), PATIENCE_SECONDS),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackProblem("interrupted", e);
        }
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
