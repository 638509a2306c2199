package athanor.train.queue;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.Topics;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Every run on the training queues that is not known to be over. A share group hides what it has handed out, given up or
 * lost; the topics underneath keep it for two weeks, and this reads them from the beginning, all classes, outside any
 * group. It is how a reconciler knows of runs that have no lease.
 *
 * <p>One thread only.
 */
public final class QueueLog implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<RunId, Entry> open = new LinkedHashMap<>();

    /** @param read when this worker first read of the run */
    public record Entry(DatasetPrepared event, Instant read) {}

    private QueueLog(KafkaConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    public static QueueLog open(String bootstrapServers, String worker) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        worker + "-log",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Arrays.stream(MemoryClass.values())
                .map(Topics::trainingQueue)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new QueueLog(consumer);
    }

    /**
     * Takes in what has been queued since the last time. A record that is no event is passed over here; whoever gets it from
     * the queue puts it aside.
     */
    public void refresh(Duration longest, Instant now) {
        ConsumerRecords<String, byte[]> records = consumer.poll(longest);
        for (ConsumerRecord<String, byte[]> record : records) {
            QueueRecords.read(record).ifPresent(event -> open.putIfAbsent(event.runId(), new Entry(event, now)));
        }
    }

    /** The runs that may need care, in the order in which they were queued. */
    public List<Entry> open() {
        return List.copyOf(open.values());
    }

    public void forget(RunId run) {
        open.remove(run);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
