package athanor.stack.infra;

import athanor.contracts.events.TopicSpec;
import athanor.contracts.events.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** Makes the topics of the contracts, and tells the broker how the share group of the train services reads. */
public final class TopicSetup {

    /** The share group whose members take trainings from the work queues. */
    static final String TRAINING_GROUP = "athanor-train";

    private TopicSetup() {}

    /** Makes what is missing; what is there stays as it is. */
    public static void apply(String bootstrapServers) throws ExecutionException, InterruptedException {
        apply(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** @param client address of the broker and how it is spoken to */
    public static void apply(Map<String, Object> client) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client)) {
            var there = admin.listTopics().names().get();
            List<NewTopic> missing = Topics.all().stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .map(TopicSetup::newTopic)
                    .toList();
            admin.createTopics(missing).all().get();
            admin.incrementalAlterConfigs(shareGroupSettings()).all().get();
        }
    }

    private static NewTopic newTopic(TopicSpec spec) {
        Map<String, String> settings = new HashMap<>();
        switch (spec.cleanup()) {
            case COMPACT -> settings.put("cleanup.policy", "compact");
            case DELETE ->
                settings.put("retention.ms", Long.toString(spec.retention().toMillis()));
        }
        // Whoever has several brokers tells them how many copies there shall be of each topic.
        Optional<Short> ofTheBroker = Optional.empty();
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), ofTheBroker).configs(settings);
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> shareGroupSettings() {
        List<AlterConfigOp> settings = new ArrayList<>();
        // A run that was queued before the first worker came must be found by it; the default starts at the end.
        settings.add(set("share.auto.offset.reset", "earliest"));
        // A record is acknowledged as soon as the run is claimed, within the second; a hung worker frees it after this.
        settings.add(set("share.record.lock.duration.ms", "15000"));
        return Map.of(new ConfigResource(ConfigResource.Type.GROUP, TRAINING_GROUP), settings);
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), OpType.SET);
    }
}
