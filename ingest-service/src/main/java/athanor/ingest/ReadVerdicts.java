package athanor.ingest;

import athanor.contracts.json.Json;
import athanor.contracts.rest.PictureVerdict;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verdicts of a run, each read from the store once: pages ask for all of them again and again, and the listing says which of them
 * have changed.
 */
final class ReadVerdicts {

    /** Of some ten sets of the largest kind. */
    private static final int REMEMBERED = 5_000;

    private final ObjectStore store;

    private final Map<Version, PictureVerdict> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, PictureVerdict> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Version(String key, String version) {}

    ReadVerdicts(ObjectStore store) {
        this.store = store;
    }

    /** By file name, so that the same uploads make the same manifest. */
    List<PictureVerdict> of(RunId run) {
        return store.versions(ObjectKeys.verdicts(run)).entrySet().stream()
                .flatMap(there -> read(new Version(there.getKey(), there.getValue())).stream())
                .sorted(Comparator.comparing(PictureVerdict::fileName))
                .toList();
    }

    private Optional<PictureVerdict> read(Version version) {
        synchronized (read) {
            PictureVerdict known = read.get(version);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<PictureVerdict> verdict =
                store.find(version.key()).map(found -> Json.read(found.bytes(), PictureVerdict.class));
        synchronized (read) {
            verdict.ifPresent(there -> read.put(version, there));
        }
        return verdict;
    }
}
