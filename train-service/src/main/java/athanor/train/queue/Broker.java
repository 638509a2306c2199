package athanor.train.queue;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** A broker and how it is spoken to: its address, and TLS and SASL where it wants them. */
public final class Broker {

    private final Map<String, Object> connection;

    private Broker(Map<String, Object> connection) {
        this.connection = Map.copyOf(connection);
    }

    /** One that takes everybody, in plain text. */
    public static Broker at(String bootstrapServers) {
        return new Broker(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** @param settings of any Kafka client; what does not concern the connection is left out */
    public static Broker of(Map<String, Object> settings) {
        Map<String, Object> connection = new HashMap<>(settings);
        connection.keySet().removeIf(name -> !concernsTheConnection(name));
        return new Broker(connection);
    }

    private static boolean concernsTheConnection(String name) {
        return name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
                || name.startsWith("security.")
                || name.startsWith("sasl.")
                || name.startsWith("ssl.");
    }

    String address() {
        return String.valueOf(connection.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** For a client that connects like this and does as it is told besides. */
    Map<String, Object> with(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.putAll(client);
        return settings;
    }
}
