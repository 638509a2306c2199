package athanor.teststack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends what a stranger may send: any bytes under any headers, packed as small as they get. */
public final class TopicWriter {

    private TopicWriter() {}

    /** A record that claims to be an event. */
    public static ProducerRecord<String, byte[]> event(String topic, String key, String type, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, null, key, value);
        record.headers().add("ce_type", type.getBytes(UTF_8));
        record.headers().add("ce_id", (key + "/stranger/1").getBytes(UTF_8));
        return record;
    }

    public static void write(String bootstrapServers, ProducerRecord<String, byte[]> record) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers, "compression.type", "gzip", "max.request.size", 100 << 20);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a record was sent", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not take the record", e);
        }
    }
}
