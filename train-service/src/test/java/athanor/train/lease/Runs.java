package athanor.train.lease;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Runs to try the rules on. */
public final class Runs {

    public static final LeaseTerms TERMS =
            new LeaseTerms(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(30));
    public static final RetryPolicy RETRY_POLICY = new RetryPolicy(3, 5);

    private Runs() {}

    public static DatasetPrepared aRun(Instant at) {
        return aRun(RunId.fresh("anna", new Random()), at);
    }

    public static DatasetPrepared aRun(RunId run, Instant at) {
        return new DatasetPrepared(
                run, "anna", object("prepared"), MemoryClass.CPU, 1, Recipe.defaults("tiny", "woman"), at);
    }

    public static Checkpoint aCheckpoint(DatasetPrepared run, int attempt, int step, Instant at) {
        return new Checkpoint(
                run.runId(),
                attempt,
                step,
                run.recipe().training().steps(),
                "worker-" + attempt,
                object("lora"),
                object("optimizer"),
                List.of(new Size(64, 64)),
                0.1,
                0.2,
                12,
                at,
                null);
    }

    /** As its worker holds it. */
    public static Lease held(Lease queued, String worker, Instant at) {
        return queued.claim(worker, at, TERMS.timeToLive());
    }

    public static Lease paused(Lease held, Instant at) {
        return held.pause(at);
    }

    public static Lease cancelled(Lease lease, Instant at) {
        return lease.cancel(at);
    }

    public static Lease announced(Lease lease) {
        return lease.withAnnounced();
    }

    private static ObjectRef object(String key) {
        return new ObjectRef("athanor", key, 1, "0".repeat(64));
    }
}
