package athanor.teststack;

import athanor.contracts.events.TopicSpec;
import athanor.contracts.events.TopicSpec.Cleanup;
import athanor.contracts.events.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates the topics of the contracts where they are missing, as an operator does before the services start. */
public final class StackTopics {

    private StackTopics() {}

    public static void create(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> missing = Topics.all().stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .map(StackTopics::asKafkaWants)
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were created", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics could not be created on " + bootstrapServers, e);
        }
    }

    private static NewTopic asKafkaWants(TopicSpec topic) {
        Map<String, String> settings = topic.cleanup() == Cleanup.COMPACT
                ? Map.of("cleanup.policy", "compact")
                : Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(topic.retention().toMillis()));
        return new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(settings);
    }
}
