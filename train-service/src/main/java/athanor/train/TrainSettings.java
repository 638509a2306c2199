package athanor.train;

import athanor.diffusion.program.ComputeType;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What an operator may turn on train-service. What a user may turn travels in the Recipe. */
@ConfigMapping(prefix = "athanor.train")
public interface TrainSettings {

    /**
     * Memory classes this worker trains, separated by commas ({@code cpu}, {@code g8} ... {@code g80}), or {@code auto}:
     * on a processor {@code cpu}, on a card all that fit into its memory.
     */
    @WithDefault("auto")
    String serves();

    /**
     * Whether the insides of the networks are computed a second time instead of being kept for the way back: less memory,
     * longer steps, the same LoRA. A property of the machine, not of the run.
     */
    @WithDefault("false")
    boolean recompute();

    /**
     * What the networks compute in where there is no card: {@code FLOAT32}, or {@code BFLOAT16} on a processor that has it. That takes
     * half the memory and about half the time at the shapes of Stable Diffusion; the tiny base gains nothing.
     */
    @WithDefault("FLOAT32")
    ComputeType processorType();

    /** Name of the worker in leases and logs; by default host name and port. No two workers may have the same. */
    Optional<String> workerName();

    Lease lease();

    Patience patience();

    /** Pause between two looks of the reconciler at all open trainings. */
    @WithDefault("PT1S")
    Duration sweepEvery();

    /** How long a run waits unchanged before the reconciler of an idle worker puts its record on the queue again. */
    @WithDefault("PT10S")
    Duration offerAgainAfter();

    /** Shortest pause between two progress events of one run. */
    @WithDefault("PT1S")
    Duration progressEvery();

    /** Times of the lease. */
    interface Lease {

        /** Without a renewal for this long a worker counts as dead. */
        @WithDefault("PT16S")
        Duration timeToLive();

        /** Pause between two renewals; at most half the time to live. */
        @WithDefault("PT4S")
        Duration renewEvery();

        /** By how much the clocks of two workers may differ. */
        @WithDefault("PT30S")
        Duration clockSkew();
    }

    /** When a run counts as poisoned. */
    interface Patience {

        /** Failed attempts, if they fell on at least two workers. */
        @WithDefault("3")
        int attempts();

        /** Failed attempts, if they all fell on one worker. */
        @WithDefault("5")
        int attemptsOnOneWorker();
    }
}
