package athanor.train.lease;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.json.Json;
import athanor.contracts.run.RunId;
import athanor.store.CheckpointFolder;
import athanor.store.Content;
import athanor.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

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
     */
    public record Facts(
            int step, int totalSteps, List<Size> trainedSizes, double instanceLoss, double priorLoss, double seconds) {}

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
                clock.instant());
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
     * Removes the trainer's state from every checkpoint of a finished run: nobody goes on from there, and it is the larger
     * part. The LoRAs stay.
     */
    public void dropStates(RunId run) {
        CheckpointFolder.states(store, run).forEach(store::delete);
    }
}
