package athanor.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the suite relies on and not every S3 server does: of many writers that create or replace one object under a
 * condition exactly one wins, a write can be read at once, and metadata is kept. A lease is worth nothing on a store that
 * breaks this, so a service proves it at start.
 */
public final class StorePromises {

    /** Enough to overlap on any number of cores. */
    static final int RACERS = 16;

    private static final String TYPE = "text/plain";

    /** What the probe found. */
    public sealed interface Proof {

        /** Every promise held. */
        record Kept() implements Proof {}

        /** @param sentence which promise broke, what was found and what to do */
        record Broken(String sentence) implements Proof {}
    }

    private final ObjectStore store;
    private final String folder = "promises/" + UUID.randomUUID() + "/";

    private StorePromises(ObjectStore store) {
        this.store = store;
    }

    /** Tries every promise in a folder of its own, in well under a second on a local store, and cleans up. */
    public static Proof prove(ObjectStore store) {
        StorePromises probe = new StorePromises(store);
        try {
            return probe.everything();
        } catch (StoreException e) {
            return new Proof.Broken(String.valueOf(e.getMessage()));
        } finally {
            probe.cleanUp();
        }
    }

    private Proof everything() {
        List<Optional<String>> findings =
                List.of(readsAfterWrite(), keepsMetadata(), oneCreates(), oneReplaces(), refusesStaleVersion());
        return findings.stream()
                .flatMap(Optional::stream)
                .findFirst()
                .<Proof>map(found -> new Proof.Broken(
                        "the store does not keep its promises: %s; use a store that does (see object-store/README.md)"
                                .formatted(found)))
                .orElseGet(Proof.Kept::new);
    }

    private Optional<String> readsAfterWrite() {
        String key = folder + "read-after-write";
        for (String text : List.of("first", "second, longer")) {
            store.put(key, utf8(text), TYPE);
            String found = store.find(key)
                    .map(object -> new String(object.bytes(), StandardCharsets.UTF_8))
                    .orElse("nothing");
            if (!found.equals(text)) {
                return Optional.of("wrote '%s' and read '%s' right after".formatted(text, found));
            }
        }
        if (!store.list(folder).contains(key)) {
            return Optional.of("an object that was just written is missing from its listing");
        }
        store.delete(key);
        return store.find(key).map(object -> "an object that was just deleted can still be read");
    }

    private Optional<String> keepsMetadata() {
        String key = folder + "metadata";
        byte[] bytes = utf8("facts");
        store.put(key, bytes, TYPE);
        String wanted = Sha256.of(bytes);
        String found = store.stat(key).map(ObjectFacts::sha256).orElse("none");
        return wanted.equals(found)
                ? Optional.empty()
                : Optional.of("metadata written with an object is lost, sha256 came back as %s (a folder needs extended"
                                .formatted(found)
                        + " file attributes)");
    }

    private Optional<String> oneCreates() {
        String key = folder + "create";
        long winners = race(i -> store.putIfAbsent(key, utf8("racer " + i), TYPE));
        return oneOf(winners, "If-None-Match: *");
    }

    private Optional<String> oneReplaces() {
        String key = folder + "replace";
        store.put(key, utf8("start"), TYPE);
        String etag = store.find(key).map(Versioned::etag).orElse("");
        long winners = race(i -> store.replace(key, etag, utf8("racer " + i), TYPE));
        return oneOf(winners, "If-Match");
    }

    private static Optional<String> oneOf(long winners, String condition) {
        return winners == 1
                ? Optional.empty()
                : Optional.of("of %d writers with %s %d won, exactly one must".formatted(RACERS, condition, winners));
    }

    private Optional<String> refusesStaleVersion() {
        String key = folder + "stale";
        store.put(key, utf8("old"), TYPE);
        String stale = store.find(key).map(Versioned::etag).orElse("");
        store.put(key, utf8("new"), TYPE);
        return store.replace(key, stale, utf8("too late"), TYPE) instanceof Stored.Created
                ? Optional.of("a version that was overwritten could still be replaced")
                : Optional.empty();
    }

    private interface Racer {
        Stored run(int number);
    }

    private static long race(Racer racer) {
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        try {
            List<Callable<Stored>> starts = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                int number = i;
                starts.add(() -> racer.run(number));
            }
            long winners = 0;
            for (Future<Stored> result : racers.invokeAll(starts)) {
                winners += result.get() instanceof Stored.Created ? 1 : 0;
            }
            return winners;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException store) {
                throw store;
            }
            throw new IllegalStateException("a racer broke down", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the store's promises were tried", e);
        } finally {
            racers.shutdownNow();
        }
    }

    /** A store that is gone cannot be cleaned; the proof has said so already. */
    private void cleanUp() {
        try {
            store.list(folder).forEach(store::delete);
        } catch (StoreException e) {
            return;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
