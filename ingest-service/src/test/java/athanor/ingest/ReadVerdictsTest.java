package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.json.Json;
import athanor.contracts.picture.FindingCode;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.run.RunId;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.S3Address;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real store whose readings are counted. */
class ReadVerdictsTest {

    private static S3Address.Running server;
    private static MinioObjectStore store;

    private final AtomicInteger readings = new AtomicInteger();
    private final RunId run = RunId.fresh("many", new Random());

    @BeforeAll
    static void connect() {
        server = S3Address.start();
        store = new MinioObjectStore(
                server.address().endpoint(),
                server.address().accessKey(),
                server.address().secretKey(),
                "verdicts-test",
                "us-east-1");
        store.createBucketIfMissing();
    }

    @AfterAll
    static void disconnect() {
        store.close();
        server.close();
    }

    private ObjectStore counted() {
        return (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("find")) {
                        readings.incrementAndGet();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void write(String fileName, String reason) {
        PictureVerdict verdict = PictureVerdict.rejected(fileName, FindingCode.TOO_SMALL, reason);
        store.put(ObjectKeys.verdict(run, fileName), Json.bytes(verdict), "application/json");
    }

    private void writeFifty() {
        IntStream.range(10, 60).forEach(number -> write(number + ".jpg", "is small"));
    }

    private List<PictureVerdict> asked(ReadVerdicts verdicts) {
        readings.set(0);
        return verdicts.of(run);
    }

    @Test
    void eachIsReadOnceByAProcessAndAllAtOnceByTheNext() {
        writeFifty();
        try (ReadVerdicts first = new ReadVerdicts(counted());
                ReadVerdicts next = new ReadVerdicts(counted())) {
            assertThat(asked(first))
                    .hasSize(50)
                    .isSortedAccordingTo((a, b) -> a.fileName().compareTo(b.fileName()));
            assertThat(readings).as("the fifty, and a look at what was left").hasValue(51);
            assertThat(asked(first)).hasSize(50);
            assertThat(readings).hasValue(0);

            assertThat(asked(next)).hasSize(50);
            assertThat(readings).hasValue(1);
        }
    }

    @Test
    void whatHasChangedOrIsGoneSinceIsNotTakenFromWhatWasLeft() {
        writeFifty();
        try (ReadVerdicts first = new ReadVerdicts(counted());
                ReadVerdicts next = new ReadVerdicts(counted())) {
            first.of(run);
            write("10.jpg", "is blurred");
            store.delete(ObjectKeys.verdict(run, "11.jpg"));

            List<PictureVerdict> verdicts = asked(next);

            assertThat(readings).hasValue(2);
            assertThat(verdicts).hasSize(49);
            assertThat(verdicts.get(0).reason()).isEqualTo("is blurred");
            assertThat(verdicts.get(1).fileName()).isEqualTo("12.jpg");
        }
    }
}
