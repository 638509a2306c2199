package athanor.console.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import athanor.contracts.Excerpt;
import athanor.contracts.events.TopicSpec;
import athanor.contracts.events.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The dead-letter topics, read anew for each page and by no consumer group, so that reading changes nothing. */
@ApplicationScoped
public class DeadLetterBox {

    private static final int MOST_OF_A_PARTITION = 50;
    private static final int LONGEST_TEXT = 4_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String ADDED = "dead-letter-";

    private final String brokers;
    private final Map<String, Object> connection;

    /** @param kafka settings of any client, of which those of the connection are taken: address, TLS, SASL */
    DeadLetterBox(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.brokers = String.valueOf(kafka.get("bootstrap.servers"));
        this.connection = new HashMap<>(kafka);
        connection.keySet().removeIf(name -> !name.matches("bootstrap\\.servers|(security|sasl|ssl)\\..*"));
    }

    /** The newest first. */
    List<DeadLetter> newest() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<String, List<PartitionInfo>> there = consumer.listTopics(PATIENCE);
            List<TopicPartition> partitions = topics().stream()
                    .flatMap(topic -> there.getOrDefault(topic, List.of()).stream())
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            return read(consumer, partitions).stream()
                    .map(DeadLetterBox::letter)
                    .sorted(Comparator.comparing(DeadLetter::at).reversed())
                    .toList();
        } catch (KafkaException e) {
            throw new IllegalArgumentException("Kafka does not answer at %s: %s".formatted(brokers, e.getMessage()), e);
        }
    }

    private static Set<String> topics() {
        return Topics.all().stream()
                .map(TopicSpec::name)
                .filter(name -> name.endsWith(Topics.deadLetter("")))
                .collect(Collectors.toSet());
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
        List<TopicPartition> filled = partitions.stream()
                .filter(partition -> of(ends, partition) > of(begins, partition))
                .toList();
        consumer.assign(filled);
        filled.forEach(partition ->
                consumer.seek(partition, Math.max(of(begins, partition), of(ends, partition) - MOST_OF_A_PARTITION)));
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        Instant deadline = Instant.now().plus(PATIENCE);
        while (filled.stream().anyMatch(partition -> consumer.position(partition) < of(ends, partition))
                && Instant.now().isBefore(deadline)) {
            consumer.poll(Duration.ofMillis(200)).forEach(found::add);
        }
        return found;
    }

    private static long of(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    /** To the topic it came from, with the headers that it came with. */
    void sendAgain(String topic, int partition, long offset) {
        if (!topics().contains(topic)) {
            throw new IllegalArgumentException("'%s' is no dead-letter topic".formatted(topic));
        }
        ConsumerRecord<byte[], byte[]> record = one(new TopicPartition(topic, partition), offset);
        if (!letter(record).whole()) {
            throw new IllegalArgumentException(
                    "the letter holds only the place of its value; send the value from the store again");
        }
        RecordHeaders headers = new RecordHeaders();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(ADDED)) {
                headers.add(header);
            }
        }
        String origin =
                topic.substring(0, topic.length() - Topics.deadLetter("").length());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                with(Map.of("max.block.ms", PATIENCE.toMillis())),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(origin, null, record.key(), record.value(), headers))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("interrupted", e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new IllegalArgumentException("Kafka did not take the letter: %s".formatted(e.getMessage()), e);
        }
    }

    private ConsumerRecord<byte[], byte[]> one(TopicPartition place, long offset) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(place));
            consumer.seek(place, offset);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                if (record.offset() == offset) {
                    return record;
                }
            }
        } catch (KafkaException e) {
            throw new IllegalArgumentException("Kafka does not answer at %s: %s".formatted(brokers, e.getMessage()), e);
        }
        throw new IllegalArgumentException("the letter %d of %s is not there any more".formatted(offset, place));
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                with(Map.of(
                        "auto.offset.reset",
                        "none",
                        "default.api.timeout.ms",
                        (int) PATIENCE.toMillis(),
                        "request.timeout.ms",
                        (int) PATIENCE.toMillis() - 1)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private Map<String, Object> with(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.putAll(client);
        return settings;
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                header(record, "topic"),
                record.key() == null ? "" : new String(record.key(), UTF_8),
                header(record, "reason"),
                header(record, "service"),
                Instant.ofEpochMilli(record.timestamp()),
                Excerpt.of(new String(value, UTF_8), LONGEST_TEXT),
                record.headers().lastHeader(ADDED + "value") == null);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(ADDED + name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
