package athanor.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.json.Json;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectKeys;
import athanor.teststack.S3Address;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real store: what workers that died, and those that went on, leave is read as one training. */
class TrainedStepsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static S3Address.Running server;
    private static MinioObjectStore store;

    private final RunId run = RunId.fresh("steps", new Random());

    @BeforeAll
    static void connect() {
        server = S3Address.start();
        store = new MinioObjectStore(
                server.address().endpoint(),
                server.address().accessKey(),
                server.address().secretKey(),
                "steps-test",
                "us-east-1");
        store.createBucketIfMissing();
    }

    @AfterAll
    static void disconnect() {
        store.close();
        server.close();
    }

    private void kept(int attempt, String part, int first, int last) {
        String lines = IntStream.rangeClosed(first, last)
                .mapToObj(step -> Json.write(new TrainedStep(step, attempt, 0.1, 0, 1e-4, 0.5, NOON)))
                .collect(Collectors.joining("\n", "", "\n"));
        store.put(ObjectKeys.trainedSteps(run, attempt, part), lines.getBytes(UTF_8), "application/jsonl");
    }

    private String read() {
        return new TrainedSteps(store)
                .of(run).stream()
                        .map(step -> "%d/%d".formatted(step.attempt(), step.step()))
                        .collect(Collectors.joining(" "));
    }

    @Test
    void aRunThatHasNotBegunHasNone() {
        assertThat(read()).isEmpty();
    }

    @Test
    void partsThatAreWrittenTwiceAreReadOnce() {
        kept(1, "1", 1, 3);
        kept(1, "4", 4, 6);
        kept(1, "open", 4, 5);

        assertThat(read()).isEqualTo("1/1 1/2 1/3 1/4 1/5 1/6");
    }

    @Test
    void whatAnAttemptDidForNothingIsForgottenWhenTheNextOneGoesOn() {
        kept(1, "1", 1, 3);
        kept(1, "open", 4, 6);
        kept(2, "open", 4, 4);

        assertThat(read()).isEqualTo("1/1 1/2 1/3 2/4");
    }

    @Test
    void partsStandInTheOrderOfTheirNumbers() {
        for (int part = 0; part < 12; part++) {
            kept(1, Integer.toString(part * 2 + 1), part * 2 + 1, part * 2 + 2);
        }

        assertThat(new TrainedSteps(store).of(run))
                .extracting(TrainedStep::step)
                .hasSize(24)
                .isSorted();
    }
}
