package athanor.endurance;

import athanor.contracts.events.EventId;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.json.Json;
import athanor.shell.Envelope;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends events as the services do, with one producer for all. */
public final class Events implements AutoCloseable {

    private static final String SOURCE = "/athanor/endurance";

    private final KafkaProducer<String, byte[]> producer;

    public Events(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        // Shorter than the services have them, as the leases are: who waits longer has lost his
                        // meanwhile.
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        10_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        20_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Of a worker: before and after each state the service looks whether the run has ended. */
    public void publish(ObjectStore store, RunEvent event, String stage, long sequence) {
        if (event instanceof RunSnapshot) {
            store.find(ObjectKeys.ending(event.runId()));
        }
        await(send(event, stage, sequence));
        if (event instanceof RunSnapshot) {
            store.find(ObjectKeys.ending(event.runId()));
        }
    }

    public void sendAll(List<? extends RunEvent> events, String stage) {
        List<Future<?>> sent =
                events.stream().<Future<?>>map(event -> send(event, stage, 1)).toList();
        sent.forEach(Events::await);
    }

    private Future<?> send(RunEvent event, String stage, long sequence) {
        String run = event.runId().value();
        return producer.send(new ProducerRecord<>(
                EventType.topicOf(event),
                null,
                run,
                Json.bytes(event),
                Envelope.headers(
                        EventId.of(event.runId(), stage, sequence),
                        EventType.of(event),
                        SOURCE,
                        event.runId(),
                        Instant.now())));
    }

    private static void await(Future<?> sent) {
        try {
            sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an event was sent", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not take an event", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
