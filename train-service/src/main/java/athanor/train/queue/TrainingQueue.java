package athanor.train.queue;

import athanor.contracts.events.Topics;
import athanor.contracts.run.MemoryClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A worker's place in the line: membership in the share group (KIP-932), for as long as the worker is idle. Any number
 * of workers stand in it, and a long training at the head holds up nobody.
 *
 * <p>Leaving the line gives back whatever the client has fetched ahead, at once. That is why a worker leaves it while it
 * trains: a record in the buffer of a busy client would wait for its lock to end.
 *
 * <p>One thread only.
 */
public final class TrainingQueue implements AutoCloseable {

    static final String GROUP = "athanor-train";
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final KafkaShareConsumer<String, byte[]> consumer;

    private TrainingQueue(KafkaShareConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    public static TrainingQueue join(Broker broker, String worker, Collection<MemoryClass> serves) {
        KafkaShareConsumer<String, byte[]> consumer = new KafkaShareConsumer<>(
                broker.with(Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        GROUP,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        worker,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        // One record means one record: without it a fetch locks a whole batch for this member.
                        ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                        "record_limit",
                        ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                        "explicit")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(serves.stream().map(Topics::trainingQueue).toList());
        return new TrainingQueue(consumer);
    }

    /** The next record, or empty when none came in time. It must be acknowledged before the next poll. */
    public Optional<ConsumerRecord<String, byte[]>> poll(Duration longest) {
        ConsumerRecords<String, byte[]> records = consumer.poll(longest);
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        records.forEach(all::add);
        for (ConsumerRecord<String, byte[]> beyondTheFirst : all.subList(Math.min(1, all.size()), all.size())) {
            consumer.acknowledge(beyondTheFirst, AcknowledgeType.RELEASE);
        }
        return all.stream().findFirst();
    }

    /** The record has done its work: the lease holds the run, or nobody ever will. */
    public void accept(ConsumerRecord<String, byte[]> record) {
        acknowledge(record, AcknowledgeType.ACCEPT);
    }

    /** Somebody else shall try. */
    public void release(ConsumerRecord<String, byte[]> record) {
        acknowledge(record, AcknowledgeType.RELEASE);
    }

    private void acknowledge(ConsumerRecord<String, byte[]> record, AcknowledgeType how) {
        consumer.acknowledge(record, how);
        consumer.commitSync(FAREWELL);
    }

    @Override
    public void close() {
        consumer.close(FAREWELL);
    }
}
