package athanor.stack.infra;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.events.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfraTest {

    @TempDir
    Path folder;

    @Test
    void aBrokerKeepsItsRecordsAndAShareGroupFindsThemFromTheStart() throws Exception {
        int port = freePort();
        int controller = freePort();
        String queue = Topics.trainingQueue(athanor.contracts.run.MemoryClass.CPU);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, port, controller, () -> {})) {
            TopicSetup.apply(kafka.bootstrapServers());
            try (var producer = new KafkaProducer<>(
                    Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(new ProducerRecord<>(queue, "run-1", "train me")).get();
            }
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, port, controller, () -> {})) {
            TopicSetup.apply(kafka.bootstrapServers());
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get())
                        .containsAll(
                                Topics.all().stream().map(topic -> topic.name()).toList());
            }
            try (var consumer = new KafkaShareConsumer<>(
                    Map.<String, Object>of(
                            "bootstrap.servers", kafka.bootstrapServers(), "group.id", TopicSetup.TRAINING_GROUP),
                    new StringDeserializer(),
                    new StringDeserializer())) {
                consumer.subscribe(List.of(queue));
                assertThat(firstValue(consumer)).isEqualTo("train me");
            }
        }
    }

    @Test
    void aFolderHasOneStackAtATime() throws IOException {
        DataFolder data = new DataFolder(folder);
        try (DataFolder.Held held = data.hold().orElseThrow()) {
            assertThat(new DataFolder(folder).hold()).isEmpty();
            assertThat(data.holder()).contains(ProcessHandle.current());
        }
        assertThat(data.holder()).isEmpty();
        data.hold().orElseThrow().close();
    }

    @Test
    void aTakenPortIsNamedWithItsOwnerAndAWayOut() throws IOException {
        try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = somebody.getLocalPort();

            assertThat(new Ports(0).taken(new TreeMap<>(Map.of("Kafka", port))))
                    .containsExactly(
                            "port %d (Kafka) is in use by another program; stop that program, or move all ports with --port-offset 10000"
                                    .formatted(port));
        }
    }

    private static String firstValue(KafkaShareConsumer<String, String> consumer) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline) {
            for (var consumed : consumer.poll(Duration.ofMillis(500))) {
                return consumed.value();
            }
        }
        return "nothing came";
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
