package athanor.ingest;

import athanor.contracts.json.Json;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The verdicts of a run, each read from the store once: pages ask for all of them again and again, and the listing says which of them
 * have changed. Whoever had to read many leaves them in one object for the next, who may be another process.
 */
final class ReadVerdicts implements AutoCloseable {

    /** Of some ten sets of the largest kind. */
    private static final int REMEMBERED = 5_000;

    /** What is worth an object of its own. */
    private static final int MANY = 20;

    /** A store far away is waited for once and not once for each. */
    private static final int AT_ONCE = 8;

    private final ObjectStore store;
    private final ExecutorService readers = Executors.newFixedThreadPool(AT_ONCE);

    private final Map<Version, PictureVerdict> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, PictureVerdict> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Version(String key, String version) {}

    /** One verdict with the version that it was read from. */
    private record Read(String key, String version, PictureVerdict verdict) {

        Version of() {
            return new Version(key, version);
        }
    }

    ReadVerdicts(ObjectStore store) {
        this.store = store;
    }

    /** By file name, so that the same uploads make the same manifest. */
    List<PictureVerdict> of(RunId run) {
        List<Version> there = store.versions(ObjectKeys.verdicts(run)).entrySet().stream()
                .map(entry -> new Version(entry.getKey(), entry.getValue()))
                .toList();
        Map<Version, PictureVerdict> known = remembered(there);
        if (there.size() - known.size() > MANY) {
            known.putAll(left(run, there));
        }
        List<Version> unread =
                there.stream().filter(version -> !known.containsKey(version)).toList();
        known.putAll(read(unread));
        if (unread.size() > MANY) {
            leave(run, known);
        }
        remember(known);
        return known.values().stream()
                .sorted(Comparator.comparing(PictureVerdict::fileName))
                .toList();
    }

    private Map<Version, PictureVerdict> remembered(List<Version> wanted) {
        Map<Version, PictureVerdict> known = new LinkedHashMap<>();
        synchronized (remembered) {
            for (Version version : wanted) {
                PictureVerdict verdict = remembered.get(version);
                if (verdict != null) {
                    known.put(version, verdict);
                }
            }
        }
        return known;
    }

    private void remember(Map<Version, PictureVerdict> known) {
        synchronized (remembered) {
            remembered.putAll(known);
        }
    }

    /** Those among the ones left in the store that are still what is there. */
    private Map<Version, PictureVerdict> left(RunId run, List<Version> wanted) {
        Map<Version, PictureVerdict> left = new LinkedHashMap<>();
        store.find(ObjectKeys.readVerdicts(run)).ifPresent(found -> {
            for (Read read : Json.read(found.bytes(), Read[].class)) {
                left.put(read.of(), read.verdict());
            }
        });
        left.keySet().retainAll(Set.copyOf(wanted));
        return left;
    }

    private void leave(RunId run, Map<Version, PictureVerdict> known) {
        List<Read> all = new ArrayList<>();
        known.forEach((version, verdict) -> all.add(new Read(version.key(), version.version(), verdict)));
        store.put(ObjectKeys.readVerdicts(run), Json.bytes(all), "application/json");
    }

    private Map<Version, PictureVerdict> read(List<Version> unread) {
        Map<Version, CompletableFuture<Optional<PictureVerdict>>> reading = new LinkedHashMap<>();
        unread.forEach(version -> reading.put(version, CompletableFuture.supplyAsync(() -> read(version), readers)));
        Map<Version, PictureVerdict> read = new LinkedHashMap<>();
        reading.forEach((version, verdict) -> joined(verdict).ifPresent(there -> read.put(version, there)));
        return read;
    }

    private Optional<PictureVerdict> read(Version version) {
        return store.find(version.key()).map(found -> Json.read(found.bytes(), PictureVerdict.class));
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException ours ? ours : e;
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
