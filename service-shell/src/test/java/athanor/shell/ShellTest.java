package athanor.shell;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.events.RunSnapshot;
import athanor.contracts.events.Topics;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.RunId;
import athanor.contracts.run.RunState;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.StackResource;
import athanor.teststack.TopicReader;
import athanor.teststack.TopicWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The shell around a toy service, with a real broker and a real store. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ShellTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    EventPublisher publisher;

    @Inject
    ToyService toy;

    @Inject
    CrashGuard crashGuard;

    @Inject
    ObjectStore store;

    @Inject
    DeadLetters deadLetters;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final RunId run = RunId.fresh("shell", new Random());

    private DatasetAccepted dataset(String name) {
        ObjectRef nowhere = new ObjectRef("athanor", "datasets/none/manifest.json", 1, "0".repeat(64));
        return new DatasetAccepted(run, name, nowhere, 1, 0, Recipe.defaults("tiny", "woman"), Instant.now());
    }

    private ConsumerRecord<String, byte[]> recordOf(String topic) {
        return TopicReader.first(bootstrapServers, topic, record -> run.value().equals(record.key()), PATIENCE);
    }

    private void send(byte[] value) {
        TopicWriter.write(
                bootstrapServers,
                TopicWriter.event(Topics.DATASET_ACCEPTED, run.value(), "athanor.DatasetAccepted.v1", value));
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }

    @Test
    void anEventTravelsAsACloudEventUnderItsRunId() {
        publisher.publish(dataset("Anna"), "ingest/dataset", 1);

        ConsumerRecord<String, byte[]> record = recordOf(Topics.DATASET_ACCEPTED);

        assertThat(headers(record))
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", run + "/ingest/dataset/1")
                .containsEntry("ce_type", "athanor.DatasetAccepted.v1")
                .containsEntry("ce_source", "/athanor/shell-under-test")
                .containsEntry("content-type", "application/json")
                .containsKey("traceparent")
                .containsKey("ce_time");
        await().atMost(PATIENCE).until(() -> toy.handled().contains("Anna"));
        assertThat(toy.runsInTheLog()).contains(run.value());
    }

    @Test
    void whatIsNoJsonIsPutAsideAndHarmsNothingElse() {
        send("hello".getBytes(UTF_8));
        publisher.publish(dataset("after the garbage"), "ingest/dataset", 1);

        ConsumerRecord<String, byte[]> put = recordOf(Topics.deadLetter(Topics.DATASET_ACCEPTED));

        assertThat(put.value()).asString(UTF_8).isEqualTo("hello");
        assertThat(headers(put))
                .containsEntry("dead-letter-topic", Topics.DATASET_ACCEPTED)
                .containsEntry("dead-letter-service", "shell-under-test")
                .containsKeys("dead-letter-offset", "dead-letter-partition");
        assertThat(headers(put).get("dead-letter-reason")).startsWith("DatasetAccepted cannot be read");
        await().atMost(PATIENCE).until(() -> toy.handled().contains("after the garbage"));
    }

    /** The broker takes a megabyte: the record just fits, and not with the reason beside it. */
    @Test
    void aRecordThatIsAsLargeAsTheBrokerTakesIsPutAsideByReference() {
        byte[] value = noise((1 << 20) - 700);
        send(value);
        publisher.publish(dataset("after the giant"), "ingest/dataset", 1);

        ConsumerRecord<String, byte[]> put = recordOf(Topics.deadLetter(Topics.DATASET_ACCEPTED));

        assertThat(headers(put).get("dead-letter-value")).contains("of 1047876 bytes lies in the store");
        assertThat(store.read(Json.read(put.value(), ObjectRef.class))).isEqualTo(value);
        await().atMost(PATIENCE).until(() -> toy.handled().contains("after the giant"));
    }

    @Test
    void aRecordThatIsLargeOnlyWhenItIsUnpackedIsPutAsideAsItCame() {
        byte[] value = " ".repeat(2 << 20).getBytes(UTF_8);
        send(value);

        assertThat(recordOf(Topics.deadLetter(Topics.DATASET_ACCEPTED)).value()).isEqualTo(value);
    }

    @Test
    void giantHeadersAndKeysAreCutWhereNothingElseHelps() {
        ConsumerRecord<String, byte[]> giant = new ConsumerRecord<>(
                Topics.SAMPLES_RENDERED,
                0,
                4713,
                run + Base64.getEncoder().encodeToString(noise(900_000)),
                new byte[3]);
        giant.headers().add("ce_type", noise(900_000));
        for (int i = 0; i < 2_000; i++) {
            giant.headers().add("more" + i, noise(40));
        }

        deadLetters.put(giant, "x".repeat(3_000_000), null);

        ConsumerRecord<String, byte[]> put = TopicReader.first(
                bootstrapServers,
                Topics.deadLetter(Topics.SAMPLES_RENDERED),
                record -> String.valueOf(record.key()).startsWith(run.value()),
                PATIENCE);
        assertThat(put.key()).hasSize(1_000).endsWith(" characters)");
        assertThat(headers(put)).containsKeys("dead-letter-headers-left-out", "dead-letter-offset");
        assertThat(headers(put).get("dead-letter-reason")).hasSize(2_000).endsWith("(3000000 characters)");
    }

    @Test
    void aHandlerThatSaysMoreThanTheBrokerTakesFailsItsRunAtOnce() {
        publisher.publish(dataset("says too much"), "ingest/dataset", 1);
        publisher.publish(dataset("after the talker"), "ingest/dataset", 2);

        RunState.Failed failed = failureOf(recordOf(Topics.RUN_STATE));

        assertThat(failed.reason()).isEqualTo(FailureReason.BAD_RECIPE);
        assertThat(failed.evidence()).contains("is more than the broker takes in one record");
        assertThat(toy.handled().stream().filter("says too much"::equals)).hasSize(1);
    }

    /** A page of evidence is enough, and a snapshot that is too large would never be told. */
    @Test
    void evidenceThatQuotesAStrangersMegabytesIsCut() {
        publisher.publish(dataset("quotes much"), "ingest/dataset", 1);

        assertThat(failureOf(recordOf(Topics.RUN_STATE)).evidence())
                .startsWith("there is no base model 'xxx")
                .hasSizeLessThan(4_100)
                .endsWith("(9000025 characters)");
    }

    @Test
    void aFaultOfTheVirtualMachineIsPutAsideLikeAnyOther() {
        publisher.publish(dataset("too deep"), "ingest/dataset", 1);
        publisher.publish(dataset("after the deep one"), "ingest/dataset", 2);

        assertThat(headers(recordOf(Topics.deadLetter(Topics.DATASET_ACCEPTED))))
                .containsEntry("dead-letter-cause", "java.lang.StackOverflowError");
    }

    /** Whoever sent it looks at the run and not at the dead letters. */
    @Test
    void anEventThatIsAwaitedAndCannotBeReadIsTheEndOfItsRun() {
        toy.await(run);
        send("{\"runId\": \"%s\", \"accepted\": \"many\"}".formatted(run).getBytes(UTF_8));

        RunState.Failed failed = failureOf(recordOf(Topics.RUN_STATE));

        assertThat(failed.reason()).isEqualTo(FailureReason.BAD_RECIPE);
        assertThat(failed.evidence())
                .isEqualTo("DatasetAccepted cannot be read at accepted: wanted a whole number, got 'many'");
    }

    @Test
    void whatARefusingHandlerSaysIsTheReasonOfADeadLetterAndTheRunLivesOn() {
        publisher.publish(dataset("contradicts"), "ingest/dataset", 1);

        assertThat(headers(recordOf(Topics.deadLetter(Topics.DATASET_ACCEPTED))))
                .containsEntry("dead-letter-reason", "it contradicts what was said before");
        assertThat(toy.handled()).doesNotContain("contradicts");
        assertThat(statesOnTheTopic()).isEmpty();
    }

    /** Other services read the same topic and could not read it either. */
    @Test
    void aRecordThatAnotherServiceHasPutAsideIsNoSecondDeadLetter() {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(Topics.SAMPLES_RENDERED, 0, 4711, run.value(), new byte[1]);
        store.put(
                ObjectKeys.deadLetterClaim(record.topic(), 0, 4711, record.timestamp()),
                "sample-service".getBytes(UTF_8),
                "text/plain");

        deadLetters.put(record, "unreadable", null);
        deadLetters.putIfFirst(record, "unreadable");

        assertThat(lettersOf(Topics.SAMPLES_RENDERED)).isEmpty();
    }

    @Test
    void aServiceThatDiedWhileItPutARecordAsideDoesItAgainAndAnOnlookerDoesNot() {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(Topics.SAMPLES_RENDERED, 0, 4712, run.value(), new byte[1]);

        deadLetters.put(record, "unreadable", null);
        deadLetters.put(record, "unreadable", null);
        deadLetters.putIfFirst(record, "unreadable");

        assertThat(lettersOf(Topics.SAMPLES_RENDERED)).hasSize(2);
    }

    private List<ConsumerRecord<String, byte[]>> lettersOf(String topic) {
        return TopicReader.all(
                bootstrapServers,
                Topics.deadLetter(topic),
                record -> run.value().equals(record.key()));
    }

    /** As a process leaves it that was ended in the middle of its work. */
    private String leftInHand(String name, int deaths) {
        String work = run + "/ingest/dataset/1";
        store.put(
                ObjectKeys.inHand(run, work),
                Json.bytes(new CrashGuard.InHand("a process that is no more", deaths, Instant.now())),
                "application/json");
        publisher.publish(dataset(name), "ingest/dataset", 1);
        return ObjectKeys.inHand(run, work);
    }

    @Test
    void workThatEndedOneProcessIsTriedOnceMore() {
        String mark = leftInHand("ended one", 0);

        await().atMost(PATIENCE).until(() -> toy.handled().contains("ended one"));
        await().atMost(PATIENCE).until(() -> store.stat(mark).isEmpty());
        assertThat(statesOnTheTopic()).isEmpty();
    }

    @Test
    void workThatEndedTwoProcessesIsTheEndOfItsRunAndNotBegunAgain() {
        leftInHand("ended two", 1);

        RunState.Failed failed = failureOf(recordOf(Topics.RUN_STATE));

        assertThat(failed.reason()).isEqualTo(FailureReason.POISONED);
        assertThat(failed.evidence()).startsWith("2 times a process ended while it handled DatasetAccepted");
        assertThat(toy.handled()).doesNotContain("ended two");
    }

    @Test
    void workThatGotFurtherBeforeItsProcessEndedCountsFromThere() {
        String mark = leftInHand("gets further and hangs", 0);
        await().atMost(PATIENCE).until(() -> toy.handled().contains("moved"));

        assertThat(Json.read(store.find(mark).orElseThrow().bytes(), CrashGuard.InHand.class)
                        .deaths())
                .isZero();
        toy.letGo();
    }

    private String requestLeftInHand(String work, int deaths, Instant since) {
        String key = ObjectKeys.requestInHand(work);
        store.put(
                key, Json.bytes(new CrashGuard.InHand("a process that is no more", deaths, since)), "application/json");
        return key;
    }

    @Test
    void aRequestThatEndedOneProcessIsAnsweredOnceMoreAndThenForgotten() {
        String mark = requestLeftInHand(run + " one", 0, Instant.now());

        assertThat(crashGuard.guard(run + " one", () -> "answered")).isEqualTo("answered");
        assertThat(store.stat(mark)).isEmpty();
    }

    @Test
    void aRequestThatEndedTwoProcessesIsRefusedForADay() {
        String mark = requestLeftInHand(run + " two", 1, Instant.now());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> crashGuard.guard(run + " two", () -> "answered"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageStartingWith("2 times the service ended while it answered a request like this one");
        }
        assertThat(store.stat(mark)).isPresent();
        requestLeftInHand(run + " two", 1, Instant.now().minus(Duration.ofDays(2)));
        assertThat(crashGuard.guard(run + " two", () -> "answered")).isEqualTo("answered");
    }

    @Test
    void aRequestThatFailsInAnOrderlyWayLeavesNoMark() {
        assertThatThrownBy(() -> crashGuard.guard(run + " fails", () -> {
                    throw new IllegalArgumentException("no such thing");
                }))
                .hasMessage("no such thing");

        assertThat(store.stat(ObjectKeys.requestInHand(run + " fails"))).isEmpty();
    }

    @Test
    void anUnforeseenFaultIsTriedAgainThenPutAsideAndTheRunFails() {
        publisher.publish(dataset("broken"), "ingest/dataset", 1);

        ConsumerRecord<String, byte[]> put = recordOf(Topics.deadLetter(Topics.DATASET_ACCEPTED));
        RunState.Failed failed = failureOf(recordOf(Topics.RUN_STATE));

        assertThat(headers(put)).containsEntry("dead-letter-reason", "a fault that nobody foresaw");
        assertThat(headers(put).get("dead-letter-stack")).contains("ToyService.prepare");
        assertThat(toy.handled().stream().filter("broken"::equals)).hasSize(2);
        assertThat(failed.reason()).isEqualTo(FailureReason.INTERNAL);
        assertThat(failed.remedy()).isEqualTo(FailureReason.INTERNAL.remedy());
    }

    @Test
    void aRunThatCannotGoOnFailsAtOnceWithItsEvidence() {
        publisher.publish(dataset("base unknown"), "ingest/dataset", 1);

        RunState.Failed failed = failureOf(recordOf(Topics.RUN_STATE));

        assertThat(failed.reason()).isEqualTo(FailureReason.UNKNOWN_BASE_MODEL);
        assertThat(failed.evidence()).isEqualTo("there is no base model 'sd9'");
        assertThat(toy.handled().stream().filter("base unknown"::equals)).hasSize(1);
    }

    @Test
    void aMissingObjectFailsTheRunWithItsKey() {
        publisher.publish(dataset("manifest damaged"), "ingest/dataset", 1);

        RunState.Failed failed = failureOf(recordOf(Topics.RUN_STATE));

        assertThat(failed.reason()).isEqualTo(FailureReason.OBJECT_MISSING_OR_DAMAGED);
        assertThat(failed.evidence()).contains("datasets/none/manifest.json does not exist");
    }

    private List<String> statesOnTheTopic() {
        return TopicReader.all(
                        bootstrapServers,
                        Topics.RUN_STATE,
                        record -> run.value().equals(record.key()))
                .stream()
                .map(record ->
                        Json.read(record.value(), RunSnapshot.class).state().name())
                .toList();
    }

    @Test
    void aRunHasOneEndWhateverIsToldAfterwards() {
        ObjectRef object = new ObjectRef("athanor", "runs/none/x", 1, "0".repeat(64));
        publisher.publishState(run, "Anna", new RunState.Preparing());
        publisher.publishState(run, "Anna", new RunState.Cancelled());

        Optional<RunSnapshot> late = publisher.publishState(run, "Anna", new RunState.Rendering());
        Optional<RunSnapshot> other = publisher.publishState(run, "Anna", new RunState.Finished(object, object));
        publisher.publish(
                new RunSnapshot(run, "Anna", new RunState.Training(1, 2, 1), Instant.now()), "train/state/Training", 1);

        assertThat(late).isEmpty();
        assertThat(other.map(RunSnapshot::state)).contains(new RunState.Cancelled());
        assertThat(statesOnTheTopic()).containsExactly("Preparing", "Cancelled", "Cancelled");
    }

    @Test
    void anEventAboutARunThatIsOverChangesNothing() {
        publisher.publishState(run, "Anna", new RunState.Cancelled());
        publisher.publish(dataset("late"), "ingest/dataset", 1);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(statesOnTheTopic())
                        .as("the end is told again, in case its teller died")
                        .containsExactly("Cancelled", "Cancelled"));
        assertThat(toy.handled()).doesNotContain("late");
    }

    @Test
    void workThatHearsOfACancellationIsGivenUpAndTheRunIsCancelled() {
        publisher.publish(dataset("cancelled meanwhile"), "ingest/dataset", 1);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(statesOnTheTopic()).containsExactly("Cancelled"));
        assertThat(toy.handled().stream().filter("cancelled meanwhile"::equals)).hasSize(1);
        assertThat(TopicReader.all(
                        bootstrapServers,
                        Topics.deadLetter(Topics.DATASET_ACCEPTED),
                        record -> run.value().equals(record.key())))
                .isEmpty();
    }

    private static RunState.Failed failureOf(ConsumerRecord<String, byte[]> record) {
        return (RunState.Failed) Json.read(record.value(), RunSnapshot.class).state();
    }

    @Test
    void theServiceIsReadyWhenTheStoreKeepsItsPromises() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        given().get("/q/health/ready")
                .then()
                .body("checks.find { it.name == 'object-store' }.data.finding", equalTo("keeps its promises"));
    }

    @Test
    void anUnknownRunIsAProblemWithASentence() {
        given().get("/toy/anna-1/unknown")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("title", equalTo("unknown run"))
                .body("detail", containsString("'anna-1'"));
    }

    @Test
    void aBadRunIdIsABadRequest() {
        given().get("/toy/A/fine")
                .then()
                .statusCode(400)
                .body(
                        "detail",
                        equalTo("a run id has 3 to 63 of a-z, 0-9 and '-' and starts with a letter or digit,"
                                + " got 'A'"));
    }

    @Test
    void aCrashShowsAMarkAndNoStackTrace() {
        given().get("/toy/anna-1/crash")
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("detail", containsString("beside the mark"))
                .body(not(containsString("secret inner detail")))
                .body(not(containsString("ToyService")));
    }

    @Test
    void anUnknownPathIsAProblemToo() {
        given().get("/nowhere").then().statusCode(404).body("detail", containsString("there is nothing at /nowhere"));
    }

    @Test
    void aBodyThatIsAnnouncedAsTooLargeGetsASentence() {
        given().contentType("text/plain")
                .body(new byte[11 << 20])
                .post("/toy")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("the body has 11534336 bytes; 10485760 are the most"));
    }

    @Test
    void aRunIdIsAPlainStringInRestToo() {
        given().get("/toy/anna-1/fine").then().statusCode(200).body(equalTo("\"anna-1\""));
    }

    @Test
    void theInterfaceIsDocumentedAndMeasured() {
        given().get("/q/openapi").then().statusCode(200).body(containsString("/toy/{id}/{fault}"));
        given().get("/q/swagger-ui/").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(200).body(containsString("kafka_"));
    }
}
