package athanor.contracts.recipe;

/** What moves the LoRA from step to step. */
public enum Optimizer {
    /** At the learning rates of the recipe. */
    ADAMW,
    /** Finds the rate itself, and takes the recipe's schedule as a share of it. */
    PRODIGY,
    /** The same without a schedule: what is saved and drawn with is a running average. */
    PRODIGY_SCHEDULE_FREE
}
