package athanor.train.lease;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.TrainedStep;
import athanor.contracts.run.RunId;
import athanor.store.CheckpointFolder;
import athanor.store.Content;
import athanor.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run in the store. Each lies under {@code <attempt>-<step>}, so a worker that no longer holds the run
 * writes beside its successor, never over it. {@code commit.json} comes last: without it a checkpoint does not exist, and
 * without the lease pointing at it nobody goes on from it.
 */
public final class Checkpoints {

    private static final String BINARY = "application/octet-stream";
    private static final String JSON = "application/json";

    private final ObjectStore store;
    private final Clock clock;

    public Checkpoints(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * The two files of a checkpoint.
     *
     * @param lora what other tools load
     * @param optimizer the trainer's whole state; half a gibibyte of SDXL, so it is never a single array
     */
    public record Files(byte[] lora, Content optimizer) {}

    /**
     * What a checkpoint says of the training besides its tensors.
     *
     * @param step steps done
     * @param seconds of training until here, over all attempts
     * @param validation null where nothing was measured
     */
    public record Facts(
            int step,
            int totalSteps,
            List<Size> trainedSizes,
            double instanceLoss,
            double priorLoss,
            double seconds,
            TrainedStep.@Nullable Validation validation) {}

    public Checkpoint save(HeldLease held, String worker, Files files, Facts facts) throws LeaseLostException {
        RunId run = held.runId();
        int attempt = held.attempt();
        int step = facts.step();
        CheckpointFolder folder = new CheckpointFolder(run, attempt, step);
        ObjectRef lora = RetryWhileHeld.call(held, () -> store.put(folder.lora(), files.lora(), BINARY));
        ObjectRef optimizer = RetryWhileHeld.call(held, () -> store.put(folder.state(), files.optimizer(), BINARY));
        Checkpoint commit = new Checkpoint(
                run,
                attempt,
                step,
                facts.totalSteps(),
                worker,
                lora,
                optimizer,
                facts.trainedSizes(),
                facts.instanceLoss(),
                facts.priorLoss(),
                facts.seconds(),
                clock.instant(),
                facts.validation());
        byte[] commitBytes = Json.pretty(commit).getBytes(StandardCharsets.UTF_8);
        RetryWhileHeld.call(held, () -> store.put(folder.commit(), commitBytes, JSON));
        RetryWhileHeld.call(held, () -> {
            held.advance(commit);
            return commit;
        });
        return commit;
    }

    /** Copies the trainer's state in a checkpoint to a file, checked against its hash. */
    public Path state(Checkpoint checkpoint, Path into) {
        store.download(checkpoint.optimizer(), into);
        return into;
    }

    /**
     * Removes what the recipe does not keep, and the trainer's state from whatever is older than the checkpoint that the lease
     * names: nobody goes on from there. Only what is older, so that a worker which has lost the run in the meantime touches
     * nothing of its successor's. The commit goes last: what is half removed is removed by the next call.
     *
     * @param newest that the lease names by now
     * @return the steps of the checkpoints that are no more
     */
    public List<Integer> drop(Checkpoint newest, Recipe.Training rule) {
        List<CheckpointFolder> older = CheckpointFolder.complete(store, newest.runId()).stream()
                .filter(folder -> folder.attempt() <= newest.attempt() && folder.step() < newest.step())
                .toList();
        Set<String> states = new HashSet<>(CheckpointFolder.states(store, newest.runId()));
        List<Integer> dropped = new ArrayList<>();
        for (int i = 0; i < older.size(); i++) {
            CheckpointFolder folder = older.get(i);
            if (states.contains(folder.state())) {
                store.delete(folder.state());
            }
            if (!rule.keeps(folder.step(), older.size() - i)) {
                drop(folder);
                dropped.add(folder.step());
            }
        }
        return dropped;
    }

    private void drop(CheckpointFolder folder) {
        store.find(folder.commit()).ifPresent(commit -> store.put(folder.dropped(), commit.bytes(), JSON));
        store.delete(folder.lora());
        store.delete(folder.commit());
    }

    /**
     * Removes the trainer's state from every checkpoint of a finished run: nobody goes on from there, and it is the larger
     * part. The LoRAs stay.
     */
    public void dropStates(RunId run) {
        CheckpointFolder.states(store, run).forEach(store::delete);
    }
}
