package athanor.endurance.chaos;

import athanor.contracts.events.Topics;
import athanor.contracts.run.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the world heard of LoRAs. */
final class Heard {

    private static final Duration POLL = Duration.ofMillis(200);

    private final List<ConsumerRecord<String, byte[]>> trained;

    private Heard(List<ConsumerRecord<String, byte[]>> trained) {
        this.trained = trained;
    }

    static Heard on(String bootstrapServers) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.LORA_TRAINED).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(POLL).forEach(all::add);
            }
            all.removeIf(record -> !text(record, "ce_type").startsWith("athanor.LoraTrained."));
            return new Heard(all);
        }
    }

    /** Ids of the events that say that the run has its LoRA; the same fact told twice has one. */
    Set<String> trained(RunId run) {
        Set<String> ids = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : trained) {
            if (run.value().equals(record.key())) {
                ids.add(text(record, "ce_id"));
            }
        }
        return ids;
    }

    /** How often a LoRA was told of that had been told of. */
    int repeated() {
        Set<String> ids = new HashSet<>();
        trained.forEach(record -> ids.add(text(record, "ce_id")));
        return trained.size() - ids.size();
    }

    private static String text(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
