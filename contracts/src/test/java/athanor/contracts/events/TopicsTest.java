package athanor.contracts.events;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.events.TopicSpec.Cleanup;
import athanor.contracts.run.RunId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private final List<String> names =
            Topics.all().stream().map(TopicSpec::name).toList();

    @Test
    void everyEventHasItsTopicAndEveryTopicItsDeadLetters() {
        for (RunEvent event : EventSamples.all()) {
            String topic = EventType.topicOf(event);
            assertThat(names).contains(topic, Topics.deadLetter(topic));
        }
    }

    @Test
    void thereIsOneTrainingQueueForEachMemoryClass() {
        assertThat(names).contains("athanor.training-queue.cpu", "athanor.training-queue.g80");
    }

    @Test
    void onlyTheStatesAreKeptForEver() {
        assertThat(Topics.all().stream().filter(topic -> topic.cleanup() == Cleanup.COMPACT))
                .extracting(TopicSpec::name)
                .containsExactly(Topics.RUN_STATE);
    }

    @Test
    void anIdIsComputedFromWhatTheEventSays() {
        assertThat(EventId.of(EventSamples.RUN, "train/checkpoint", 100).value())
                .isEqualTo("anna-7f3a09c2/train/checkpoint/100");
    }

    @Test
    void aFreshRunIdIsRecognisedByItsName() {
        java.util.Random random = new java.util.Random(1);

        assertThat(RunId.fresh("Anna & Bert, 2026!", random).value()).matches("anna-bert-2026-[0-9a-f]{8}");
        assertThat(RunId.fresh("Anna Ünal", random).value()).matches("anna-unal-[0-9a-f]{8}");
        assertThat(RunId.fresh("日本", random).value()).matches("run-[0-9a-f]{8}");
    }
}
