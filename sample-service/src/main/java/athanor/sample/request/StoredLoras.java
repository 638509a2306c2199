package athanor.sample.request;

import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The finished LoRAs in the store by their keys: what runs have published. */
final class StoredLoras {

    private static final String FILE = ".safetensors";
    private static final int NAMES_SHOWN = 5;

    private final ObjectStore store;
    private final Predicate<RunId> sees;

    /** @param sees whether whoever asks may use what a run has made */
    StoredLoras(ObjectStore store, Predicate<RunId> sees) {
        this.store = store;
        this.sees = sees;
    }

    private List<String> keys() {
        return store.list(ObjectKeys.runs()).stream()
                .filter(key -> key.contains("/loras/") && key.endsWith(FILE))
                .filter(key -> ObjectKeys.runOf(key).filter(sees).isPresent())
                .toList();
    }

    /** Of the run. */
    static String id(String key) {
        return key.split("/")[1];
    }

    /** Of the file. */
    static String name(String key) {
        String file = key.substring(key.lastIndexOf('/') + 1);
        return file.substring(0, file.length() - FILE.length());
    }

    /** An id before a name, and a name in any case. */
    List<String> named(String nameOrId) {
        List<String> keys = keys();
        List<String> byId =
                keys.stream().filter(key -> id(key).equals(nameOrId)).toList();
        return byId.isEmpty()
                ? keys.stream()
                        .filter(key -> name(key).equalsIgnoreCase(nameOrId))
                        .toList()
                : byId;
    }

    /** For whoever has misspelt one: a clause, empty where there are none. */
    String nearest(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<String> names = keys().stream()
                .map(StoredLoras::name)
                .distinct()
                .sorted(Comparator.comparingInt((String there) -> -common(there.toLowerCase(Locale.ROOT), wanted)))
                .limit(NAMES_SHOWN)
                .toList();
        return names.isEmpty() ? "" : "; for example " + String.join(", ", names);
    }

    private static int common(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}
