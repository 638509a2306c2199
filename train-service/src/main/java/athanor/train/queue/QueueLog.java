package athanor.train.queue;

import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.Topics;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
 * group. It is how a reconciler knows of runs that have no lease. What became of them it reads from the topic of states, so that
 * the runs of a fortnight that are over cost the store nothing.
 *
 * <p>One thread only.
 */
public final class QueueLog implements AutoCloseable {

    /** Then what is known is looked at, and the rest is read the next time. */
    private static final int MOST_POLLS = 200;

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<RunId, Entry> open = new LinkedHashMap<>();
    private final Map<RunId, Standing> standings = new HashMap<>();

    /** @param read when this worker first read of the run */
    public record Entry(DatasetPrepared event, Instant read) {}

    private QueueLog(KafkaConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    public static QueueLog open(Broker broker, String worker) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                broker.with(Map.of(
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        worker + "-log",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.concat(
                        Arrays.stream(MemoryClass.values()).map(Topics::trainingQueue), Stream.of(Topics.RUN_STATE))
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new QueueLog(consumer);
    }

    /**
     * Takes in what has been told since the last time, all of it: behind the records of a fortnight stand those of the runs whose
     * worker is gone. A record that is no event is passed over here; whoever gets it from the queue puts it aside.
     */
    public void refresh(Duration longest, Instant now) {
        ConsumerRecords<String, byte[]> records;
        int polls = 0;
        do {
            records = consumer.poll(longest);
            for (ConsumerRecord<String, byte[]> record : records) {
                if (record.topic().equals(Topics.RUN_STATE)) {
                    QueueRecords.read(record, RunSnapshot.class).ifPresent(told -> takeIn(told, record.timestamp()));
                } else {
                    QueueRecords.read(record, DatasetPrepared.class)
                            .ifPresent(event -> takeIn(event, record.timestamp(), now));
                }
            }
        } while (!records.isEmpty() && ++polls < MOST_POLLS);
    }

    /** A run that is queued once more is a late one, whenever it was read of first. */
    private void takeIn(DatasetPrepared event, long at, Instant now) {
        Standing standing = standings.get(event.runId());
        if (standing != null && standing.wasOverBy(at)) {
            return;
        }
        Entry known = open.remove(event.runId());
        open.put(event.runId(), new Entry(event, known == null ? now : known.read()));
    }

    private void takeIn(RunSnapshot told, long at) {
        Standing standing = Standing.of(told.state(), at);
        standings.put(told.runId(), standing);
        if (standing.over()) {
            open.remove(told.runId());
        }
    }

    /**
     * The runs that may need care, those that were queued last first: what was queued long ago is over, most often, and a worker
     * that has just been started has all of it before it.
     */
    public List<Entry> open() {
        List<Entry> entries = new ArrayList<>(open.values());
        Collections.reverse(entries);
        return entries;
    }

    /** Whether the run waits for a worker, as far as has been told. */
    public boolean waits(DatasetPrepared queued) {
        Standing standing = standings.get(queued.runId());
        return standing == null || standing.waitsFor(queued.attempt());
    }

    /** What asked for the run, while it is open. */
    public Optional<DatasetPrepared> find(RunId run) {
        return Optional.ofNullable(open.get(run)).map(Entry::event);
    }

    public void forget(RunId run) {
        open.remove(run);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
