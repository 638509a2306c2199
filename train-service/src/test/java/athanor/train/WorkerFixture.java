package athanor.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.events.EventId;
import athanor.contracts.events.EventType;
import athanor.contracts.events.RunCommand;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.shell.Envelope;
import athanor.shell.Reading;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectKeys;
import athanor.teststack.S3Address;
import athanor.teststack.StackTopics;
import athanor.teststack.TestStack;
import athanor.train.lease.Lease;
import athanor.train.lease.Leases;
import athanor.train.publish.TrainMetrics;
import athanor.train.queue.Broker;
import athanor.train.queue.QueueRecords;
import athanor.train.worker.Worker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Workers on a real broker and a real store, and what the world hears of them. */
final class WorkerFixture implements AutoCloseable {

    private static final Size AREA = new Size(64, 64);

    private final TestStack stack;
    private final KafkaProducer<String, byte[]> producer;
    private final List<TestWorker> workers = new ArrayList<>();
    /** Runs of which every service knows that they have ended. */
    final Set<RunId> over = ConcurrentHashMap.newKeySet();

    final Set<RunId> erased = ConcurrentHashMap.newKeySet();

    final MinioObjectStore store;

    WorkerFixture(TestStack stack) {
        this.stack = stack;
        StackTopics.create(stack.bootstrapServers());
        S3Address s3 = stack.s3();
        store = new MinioObjectStore(s3.endpoint(), s3.accessKey(), s3.secretKey(), "athanor-test", "us-east-1");
        store.createBucketIfMissing();
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** A worker with all that belongs to it. */
    final class TestWorker {

        final FreezableStore itsStore = new FreezableStore(store);
        final HashTrainerFactory trainers;
        final Worker worker;
        private final WorkerUnit unit;
        private final List<ConsumerRecord<String, byte[]>> deadLetters = new CopyOnWriteArrayList<>();

        private TestWorker(String name, HashTrainerFactory trainers) {
            this.trainers = trainers;
            unit = new WorkerUnit(
                    name,
                    Set.of(MemoryClass.CPU),
                    WorkerRules.of(new QuickSettings()),
                    new Surroundings(
                            Broker.at(stack.bootstrapServers()),
                            itsStore,
                            WorkerFixture.this::publish,
                            new QueueRecords((record, reason) -> deadLetters.add(record)),
                            over::contains,
                            erased::contains),
                    trainers,
                    new TrainMetrics(new SimpleMeterRegistry()));
            worker = unit.worker();
            unit.start();
        }

        List<ConsumerRecord<String, byte[]>> deadLetters() {
            return deadLetters;
        }

        void stop() throws InterruptedException {
            unit.stop(Duration.ofMinutes(2));
        }
    }

    TestWorker start(String name, HashTrainerFactory trainers) {
        TestWorker worker = new TestWorker(name, trainers);
        workers.add(worker);
        return worker;
    }

    /** Every worker reads every command. */
    void command(RunCommand command) {
        workers.forEach(worker -> worker.unit.apply(command));
    }

    DatasetPrepared aRun(String name, int steps, int checkpointEvery) {
        return aRun(
                name,
                Recipe.defaults("tiny", "woman")
                        .with("training.steps", String.valueOf(steps))
                        .with("training.checkpointEverySteps", String.valueOf(checkpointEvery)));
    }

    DatasetPrepared aRun(String name, Recipe recipe) {
        RunId run = RunId.fresh(name, new Random());
        PreparedDataset dataset =
                new PreparedDataset(run, new TrainingPlan(AREA, List.of(), List.of()), List.of(), List.of());
        ObjectRef prepared = store.put(ObjectKeys.preparedDataset(run), Json.bytes(dataset), "application/json");
        return new DatasetPrepared(run, name, prepared, MemoryClass.CPU, 1, recipe, Instant.now());
    }

    void enqueue(DatasetPrepared run) {
        publish(run, "preprocess/prepared", 1);
    }

    void publish(RunEvent event, String stage, long sequence) {
        Headers headers = Envelope.headers(
                EventId.of(event.runId(), stage, sequence),
                EventType.of(event),
                "/athanor/test",
                event.runId(),
                Instant.now());
        send(EventType.topicOf(event), event.runId().value(), Json.bytes(event), headers);
    }

    void send(String topic, String key, byte[] value, Headers headers) {
        try {
            producer.send(new ProducerRecord<>(topic, null, key, value, headers))
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Lease lease(DatasetPrepared run) {
        return new Leases(store, "onlooker").find(run.runId()).orElseThrow().lease();
    }

    boolean hasLease(DatasetPrepared run) {
        return new Leases(store, "onlooker").find(run.runId()).isPresent();
    }

    byte[] bytes(ObjectRef ref) {
        return store.read(ref);
    }

    /** All events of a type about a run that are on the broker. */
    <T extends RunEvent> List<T> heard(DatasetPrepared run, Class<T> type) {
        return records(topics(type)).stream()
                .map(Reading::of)
                .filter(reading -> reading instanceof Reading.Event event && type.isInstance(event.event()))
                .map(reading -> type.cast(((Reading.Event) reading).event()))
                .filter(event -> event.runId().equals(run.runId()))
                .toList();
    }

    /** Ids of events of a type: the same fact told twice counts once. */
    long distinct(DatasetPrepared run, Class<? extends RunEvent> type) {
        return records(topics(type)).stream()
                .map(Reading::of)
                .filter(reading -> reading instanceof Reading.Event event
                        && type.isInstance(event.event())
                        && event.event().runId().equals(run.runId()))
                .map(reading -> ((Reading.Event) reading).id())
                .distinct()
                .count();
    }

    private static List<String> topics(Class<? extends RunEvent> type) {
        if (type == DatasetPrepared.class) {
            return List.of(Topics.trainingQueue(MemoryClass.CPU));
        }
        for (EventType known : EventType.values()) {
            if (known.record() == type) {
                return List.of(known.topic());
            }
        }
        throw new IllegalArgumentException(type.getName());
    }

    private List<ConsumerRecord<String, byte[]>> records(List<String> topics) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        for (TestWorker worker : workers) {
            worker.itsStore.thaw();
            worker.stop();
        }
        producer.close();
        store.close();
    }
}
