package athanor.teststack;

import athanor.contracts.events.EventType;
import athanor.contracts.events.RunEvent;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the topics hold of one run.
 *
 * @param patience how long to wait for what is not there yet
 */
public record RunEvents(String bootstrapServers, RunId run, Duration patience) {

    /** Waits for it. */
    public <T extends RunEvent> T first(String topic, Class<T> wanted) {
        return first(topic, wanted, any -> true);
    }

    /** Waits for it. */
    public <T extends RunEvent> T first(String topic, Class<T> wanted, Predicate<T> fits) {
        ConsumerRecord<String, byte[]> found = TopicReader.first(
                bootstrapServers,
                topic,
                record -> isOfThisRun(record)
                        && typeOf(record)
                                .map(EventType::record)
                                .filter(wanted::equals)
                                .isPresent()
                        && fits.test(Json.read(record.value(), wanted)),
                patience);
        return Json.read(found.value(), wanted);
    }

    /** Waits for the run to be there. */
    public RunSnapshot state(Class<? extends RunState> wanted) {
        return first(Topics.RUN_STATE, RunSnapshot.class, snapshot -> wanted.isInstance(snapshot.state()));
    }

    /** All that are there now. */
    public List<ConsumerRecord<String, byte[]>> all(String topic) {
        return TopicReader.all(bootstrapServers, topic, this::isOfThisRun);
    }

    private boolean isOfThisRun(ConsumerRecord<String, byte[]> record) {
        return run.value().equals(record.key());
    }

    private static Optional<EventType> typeOf(ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader("ce_type"))
                .flatMap(header -> EventType.ofWire(new String(header.value(), StandardCharsets.UTF_8)));
    }
}
