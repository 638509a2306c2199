package athanor.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.ClassPicture;
import athanor.contracts.events.ClassPicturesRendered;
import athanor.contracts.events.RunErased;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.store.MinioObjectStore;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.S3Address;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real store: what is deleted, what stays, and what a crash in between leaves. */
class EraseRunTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration QUIET = Duration.ofSeconds(30);

    private static S3Address.Running server;
    private static MinioObjectStore store;

    private final RunId run = RunId.fresh("erased", new Random());
    private final RunId other = RunId.fresh("other", new Random());
    private final EraseRun eraseRun = at(NOON);

    @BeforeAll
    static void connect() {
        server = S3Address.start();
        store = new MinioObjectStore(
                server.address().endpoint(),
                server.address().accessKey(),
                server.address().secretKey(),
                "erase-test",
                "us-east-1");
        store.createBucketIfMissing();
    }

    @AfterAll
    static void disconnect() {
        store.close();
        server.close();
    }

    private static EraseRun at(Instant now) {
        return new EraseRun(store, QUIET, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static ObjectRef write(String key) {
        return store.put(key, key.getBytes(UTF_8), "text/plain");
    }

    private static String classPicture(long seed) {
        return ObjectKeys.classPicture("tiny", "a woman", new Size(64, 64), 20, 3, "DDIM", seed);
    }

    private static void uses(RunId run, long... seeds) {
        List<ClassPicture> pictures = Arrays.stream(seeds)
                .mapToObj(seed -> new ClassPicture(write(classPicture(seed)), "a woman", new Size(64, 64), seed))
                .toList();
        store.put(
                ObjectKeys.classPicturesAnnounced(run),
                Json.bytes(new ClassPicturesRendered(run, "Anna", pictures, 1, NOON)),
                "application/json");
    }

    private void aWholeRun() {
        write(ObjectKeys.draft(run));
        write(ObjectKeys.verdict(run, "1.jpg"));
        write(ObjectKeys.verdict(run, "2.jpg"));
        write(ObjectKeys.original(run, "aa"));
        write(ObjectKeys.original(run, "bb"));
        write(ObjectKeys.awaitedUpload(run, "3.jpg"));
        write(ObjectKeys.manifest(run));
        write(ObjectKeys.preparedDataset(run));
        write(ObjectKeys.preparedPicture(run, "aa"));
        write(ObjectKeys.checkpoint(run, 1, 100, "lora.safetensors"));
        write(ObjectKeys.checkpoint(run, 1, 100, "commit.json"));
        write(ObjectKeys.lora(run, "Anna"));
        write(ObjectKeys.sample(run, 100, "1.png"));
        write(ObjectKeys.sample(run, 200, "1.png"));
        write(ObjectKeys.lease(run));
        write(ObjectKeys.ending(run));
    }

    private RunErased erase(boolean live) {
        eraseRun.wish(Erasure.of(run, NOON, live));
        for (int passes = 0; passes < 5; passes++) {
            Optional<RunErased> erased = eraseRun.pass(noted());
            if (erased.isPresent()) {
                return erased.get();
            }
        }
        throw new AssertionError("five passes did not end it");
    }

    private Erasure noted() {
        return eraseRun.underWay().stream()
                .filter(erasure -> erasure.runId().equals(run))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everythingGoesButTheWordThatItIsGone() {
        aWholeRun();
        uses(run, 1, 2);
        write(ObjectKeys.original(other, "aa"));

        RunErased erased = erase(false);

        assertThat(erased).isEqualTo(new RunErased(run, 3, 1, 2, 2, 2, 1, 7, NOON));
        assertThat(store.list(ObjectKeys.dataset(run))).isEmpty();
        assertThat(store.list(ObjectKeys.run(run))).containsExactly(ObjectKeys.ending(run));
        assertThat(store.stat(classPicture(1))).isEmpty();
        assertThat(store.list(ObjectKeys.dataset(other))).hasSize(1);
        eraseRun.forget(noted());
        assertThat(eraseRun.isUnderWay(run)).isFalse();
    }

    @Test
    void aRunWhoseIdBeginsWithThisOnesStays() {
        write(ObjectKeys.original(run, "aa"));
        RunId longer = new RunId(run + "-2");
        write(ObjectKeys.original(longer, "aa"));
        write(ObjectKeys.lora(longer, "Anna"));

        erase(false);

        assertThat(store.list(ObjectKeys.dataset(longer))).hasSize(1);
        assertThat(store.list(ObjectKeys.run(longer))).hasSize(1);
    }

    @Test
    void classPicturesThatAnotherRunUsesStay() {
        uses(run, 11, 12);
        uses(other, 12, 13);

        assertThat(erase(false).classPictures()).isEqualTo(1);

        assertThat(store.stat(classPicture(11))).isEmpty();
        assertThat(store.stat(classPicture(12))).isPresent();
        store.delete(ObjectKeys.classPicturesAnnounced(other));
    }

    @Test
    void picturesOnRequestGoTooAndThoseThatLieWithAnotherRun() {
        write(ObjectKeys.requestedSample(run, "r1", "7.png"));
        String together =
                write(ObjectKeys.requestedSample(other, "r2", "7.png")).key();
        write(ObjectKeys.requestedSample(other, "r3", "7.png"));
        store.put(
                ObjectKeys.requestedElsewhere(run, "r2"),
                Json.bytes(List.of(together, ObjectKeys.draft(other))),
                "application/json");
        write(ObjectKeys.draft(other));

        RunErased erased = erase(false);

        assertThat(erased.samples()).isEqualTo(2);
        assertThat(store.list(ObjectKeys.run(run))).isEmpty();
        assertThat(store.list(ObjectKeys.run(other))).containsExactly(ObjectKeys.requestedSample(other, "r3", "7.png"));
        assertThat(store.stat(ObjectKeys.draft(other))).as("no picture").isPresent();
    }

    @Test
    void whileAnotherRunWaitsForItsClassPicturesNoneIsTakenAway() {
        uses(run, 21);
        write(ObjectKeys.pendingDataset(other));

        assertThat(erase(false).classPictures()).isZero();

        assertThat(store.stat(classPicture(21))).isPresent();
        store.delete(ObjectKeys.pendingDataset(other));
    }

    @Test
    void whatACrashLeftIsDeletedAndNothingIsCountedTwice() {
        aWholeRun();
        uses(run, 31, 32);
        eraseRun.wish(Erasure.of(run, NOON, false));
        eraseRun.pass(noted());
        // As if the process had died between the note and half of the deletions.
        write(ObjectKeys.original(run, "bb"));
        uses(run, 31, 32);
        store.delete(classPicture(31));

        RunErased erased = erase(false);

        assertThat(erased).isEqualTo(new RunErased(run, 3, 1, 2, 2, 2, 1, 7, NOON));
        assertThat(store.list(ObjectKeys.dataset(run))).isEmpty();
        assertThat(store.stat(classPicture(32))).isEmpty();
    }

    /** At each write and each deletion in turn. */
    @Test
    void whereverACrashComesTheNextProcessEndsItAndCountsTheSame() {
        int crashes = 0;
        for (boolean crashed = true; crashed; crashes++) {
            write(ObjectKeys.draft(run));
            write(ObjectKeys.original(run, "aa"));
            write(ObjectKeys.checkpoint(run, 1, 100, "commit.json"));
            write(ObjectKeys.lora(run, "Anna"));
            uses(run, 41);
            eraseRun.wish(Erasure.of(run, NOON, false));
            crashed = crashesAt(crashes);

            assertThat(erase(false))
                    .as("after a crash at change %d", crashes)
                    .isEqualTo(new RunErased(run, 1, 0, 1, 1, 0, 1, 2, NOON));
            assertThat(store.list(ObjectKeys.dataset(run))).isEmpty();
            assertThat(store.list(ObjectKeys.run(run))).isEmpty();
            assertThat(store.stat(classPicture(41))).isEmpty();
            eraseRun.forget(noted());
        }
        assertThat(crashes)
                .as("the note, six objects, and once without a crash")
                .isEqualTo(8);
    }

    /** @return whether the pass had so many changes to make at all */
    private boolean crashesAt(int change) {
        AtomicInteger left = new AtomicInteger(change);
        ObjectStore dying = (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    boolean changes =
                            Set.of("put", "putIfAbsent", "replace", "delete").contains(method.getName());
                    if (changes && left.getAndDecrement() <= 0) {
                        throw new IllegalStateException("the process ends here");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try {
            new EraseRun(dying, QUIET, Clock.fixed(NOON, ZoneOffset.UTC)).pass(noted());
            return false;
        } catch (IllegalStateException crash) {
            return true;
        }
    }

    @Test
    void whatALiveRunStillWritesGoesTooBeforeItIsCalledErased() {
        write(ObjectKeys.original(run, "aa"));
        eraseRun.wish(Erasure.of(run, NOON, true));
        assertThat(eraseRun.pass(noted())).isEmpty();
        assertThat(eraseRun.pass(noted())).as("somebody may still be at work").isEmpty();
        write(ObjectKeys.checkpoint(run, 1, 200, "lora.safetensors"));
        EraseRun later = at(NOON.plus(QUIET).plusSeconds(1));
        assertThat(later.pass(noted())).as("it found something").isEmpty();

        assertThat(later.pass(noted()).orElseThrow().checkpoints()).isEqualTo(1);
        assertThat(store.list(ObjectKeys.run(run))).isEmpty();
    }
}
