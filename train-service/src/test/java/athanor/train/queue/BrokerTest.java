package athanor.train.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerTest {

    @Test
    void everyClientConnectsAsTheOperatorSaysAndDoesNothingElseThatHeSaysOfOthers() {
        Broker broker = Broker.of(Map.of(
                "bootstrap.servers", "kafka:9093",
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-512",
                "ssl.truststore.location", "/etc/kafka.p12",
                "group.id", "train-service",
                "enable.auto.commit", true));

        assertThat(broker.address()).isEqualTo("kafka:9093");
        assertThat(broker.with(Map.of("client.id", "worker-1")))
                .containsOnlyKeys(
                        "bootstrap.servers",
                        "security.protocol",
                        "sasl.mechanism",
                        "ssl.truststore.location",
                        "client.id");
    }
}
