package athanor.contracts.events;

import athanor.contracts.events.TopicSpec.Cleanup;
import athanor.contracts.run.MemoryClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The topics, in the order data flows. Record key everywhere: the run id, so Kafka keeps the order of a run. Topics are
 * created before the services start, from {@link #all()}: a share consumer does not create one, and a created-on-demand
 * one has one partition.
 */
public final class Topics {

    public static final String RUN_REQUESTED = "athanor.run-requested";
    public static final String DATASET_ACCEPTED = "athanor.dataset-accepted";
    public static final String CLASS_PICTURES = "athanor.class-pictures";
    public static final String TRAINING_QUEUE_PREFIX = "athanor.training-queue.";
    public static final String TRAINING_PROGRESS = "athanor.training-progress";
    public static final String LORA_TRAINED = "athanor.lora-trained";
    public static final String SAMPLES_RENDERED = "athanor.samples-rendered";
    public static final String PROOFS = "athanor.proofs";
    public static final String RUN_COMMANDS = "athanor.run-commands";
    public static final String RUN_STATE = "athanor.run-state";

    public static final String RUN_ERASED = "athanor.run-erased";

    private static final int PARTITIONS = 3;

    private Topics() {}

    /** The work queue of the trainings that need this much memory. */
    public static String trainingQueue(MemoryClass memoryClass) {
        return TRAINING_QUEUE_PREFIX + memoryClass.topicSuffix();
    }

    /** Where records of a topic go that could not be handled. */
    public static String deadLetter(String topic) {
        return topic + ".dlq";
    }

    /** Every topic with its dead-letter topic behind it. */
    public static List<TopicSpec> all() {
        List<TopicSpec> topics = new ArrayList<>();
        for (TopicSpec topic : carryingEvents()) {
            topics.add(topic);
            topics.add(new TopicSpec(deadLetter(topic.name()), 1, Cleanup.DELETE, days(30)));
        }
        return List.copyOf(topics);
    }

    private static List<TopicSpec> carryingEvents() {
        List<TopicSpec> topics = new ArrayList<>();
        topics.add(deleted(RUN_REQUESTED, 14));
        topics.add(deleted(DATASET_ACCEPTED, 30));
        topics.add(deleted(CLASS_PICTURES, 14));
        // A share group spreads the records of one partition over any number of workers.
        Arrays.stream(MemoryClass.values())
                .map(memory -> new TopicSpec(trainingQueue(memory), 1, Cleanup.DELETE, days(14)))
                .forEach(topics::add);
        topics.add(deleted(TRAINING_PROGRESS, 1));
        topics.add(deleted(LORA_TRAINED, 90));
        topics.add(deleted(SAMPLES_RENDERED, 90));
        topics.add(deleted(PROOFS, 90));
        topics.add(deleted(RUN_COMMANDS, 7));
        topics.add(new TopicSpec(RUN_STATE, PARTITIONS, Cleanup.COMPACT, Duration.ZERO));
        topics.add(deleted(RUN_ERASED, 90));
        return topics;
    }

    private static TopicSpec deleted(String name, int days) {
        return new TopicSpec(name, PARTITIONS, Cleanup.DELETE, days(days));
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }
}
