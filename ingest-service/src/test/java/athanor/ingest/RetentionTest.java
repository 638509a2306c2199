package athanor.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import athanor.contracts.events.RunErased;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.Topics;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.shell.EventPublisher;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.RunEvents;
import athanor.teststack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** With the settings of application.properties: 400 days for what is over, 300 for what was never started. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class RetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    EventPublisher publisher;

    @Inject
    ObjectStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private RunId told(String name, int daysAgo, RunState state) {
        RunId run = RunId.fresh(name, new Random());
        store.put(ObjectKeys.lora(run, name), new byte[] {1}, "application/octet-stream");
        publisher.publish(
                new RunSnapshot(run, name, state, Instant.now().minus(Duration.ofDays(daysAgo))),
                "state/" + state.name(),
                1);
        return run;
    }

    @Test
    void whatIsOlderThanItsSettingIsErasedAndTheRestStays() {
        RunState failed = RunState.Failed.of(FailureReason.DIVERGED, "the loss was NaN at step 7");
        RunId youngEnd = told("young-end", 399, failed);
        RunId youngDraft = told("young-draft", 299, new RunState.Requested());
        RunId atWork = told("at-work", 900, new RunState.Training(1, 10, 1));
        RunId oldEnd = told("old-end", 401, failed);
        RunId oldDraft = told("old-draft", 301, new RunState.Requested());

        assertThat(erased(oldEnd).loras()).isEqualTo(1);
        assertThat(erased(oldDraft).loras()).isEqualTo(1);

        given().get("/runs/" + oldEnd).then().statusCode(410);
        given().get("/runs/" + oldDraft).then().statusCode(410);
        // The looks that found the old ones saw these as well: they were told before.
        for (RunId kept : new RunId[] {youngEnd, youngDraft, atWork}) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            given().get("/runs/" + kept).then().statusCode(200).body("runId", equalTo(kept.value())));
            assertThat(store.list(ObjectKeys.loras(kept))).hasSize(1);
        }
    }

    private RunErased erased(RunId run) {
        return new RunEvents(bootstrapServers, run, PATIENCE).first(Topics.RUN_ERASED, RunErased.class);
    }
}
