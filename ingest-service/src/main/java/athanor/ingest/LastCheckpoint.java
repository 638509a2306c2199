package athanor.ingest;

import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run that ended before its LoRA was published leaves all the same: the LoRA of its last complete checkpoint. */
@ApplicationScoped
class LastCheckpoint {

    private static final String COMMIT = "commit.json";
    private static final String LORA = "lora.safetensors";
    private static final Pattern FOLDER = Pattern.compile("(\\d+)-(\\d+)/" + Pattern.quote(COMMIT));

    private final ObjectStore store;

    LastCheckpoint(ObjectStore store) {
        this.store = store;
    }

    private record Made(int attempt, int step) {}

    /** Key of the LoRA; a checkpoint without its commit does not exist. */
    Optional<String> loraOf(RunId run) {
        String prefix = ObjectKeys.checkpoints(run);
        Set<String> keys = new HashSet<>(store.list(prefix));
        return keys.stream()
                .map(key -> FOLDER.matcher(key.substring(prefix.length())))
                .filter(Matcher::matches)
                .map(found -> new Made(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                .filter(made -> keys.contains(keyOf(run, made)))
                .max(Comparator.comparingInt(Made::attempt).thenComparingInt(Made::step))
                .map(made -> keyOf(run, made));
    }

    private static String keyOf(RunId run, Made made) {
        return ObjectKeys.checkpoint(run, made.attempt(), made.step(), LORA);
    }
}
