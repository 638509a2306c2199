package athanor.sample.proof;

import athanor.contracts.ObjectRef;
import athanor.contracts.events.LoraTrained;
import athanor.proof.Trial;
import athanor.sample.render.AppliedLora;
import athanor.store.CheckpointFolder;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The LoRAs of a run by the steps that they have seen, the finished one last. One at a time is in memory. */
public final class Checkpoints {

    private final ObjectStore store;
    private final LoraTrained trained;
    private final TreeMap<Integer, String> keys = new TreeMap<>();
    private @Nullable Loaded loaded;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Loaded(int step, ObjectRef object, byte[] file) {}

    public Checkpoints(ObjectStore store, LoraTrained trained) {
        this.store = store;
        this.trained = trained;
        for (CheckpointFolder folder : CheckpointFolder.complete(store, trained.runId())) {
            if (folder.step() > 0 && folder.step() < trained.steps()) {
                keys.put(folder.step(), folder.lora());
            }
        }
        keys.put(trained.steps(), trained.lora().key());
    }

    /** In order. */
    public List<Integer> steps() {
        return List.copyOf(keys.keySet());
    }

    public AppliedLora of(Trial trial) {
        Loaded lora = load(trial.step());
        return new AppliedLora(lora.object().sha256(), lora.file(), trial.strength());
    }

    /** Where the LoRA of that step lies. */
    public ObjectRef object(int step) {
        return load(step).object();
    }

    private Loaded load(int step) {
        Loaded current = loaded;
        if (current == null || current.step() != step) {
            current = step == trained.steps()
                    ? new Loaded(step, trained.lora(), store.read(trained.lora()))
                    : read(step, Objects.requireNonNull(keys.get(step), "a trial is of a checkpoint that there is"));
            loaded = current;
        }
        return current;
    }

    private Loaded read(int step, String key) {
        byte[] file = store.find(key)
                .orElseThrow(() -> new IllegalStateException("the checkpoint %s is gone from the store".formatted(key)))
                .bytes();
        return new Loaded(step, new ObjectRef(store.bucket(), key, file.length, Sha256.of(file)), file);
    }
}
