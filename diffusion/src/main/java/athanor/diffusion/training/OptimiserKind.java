package athanor.diffusion.training;

/** What moves the LoRA. */
public enum OptimiserKind {
    /** At the rates of the settings and their schedule. */
    ADAMW,
    /** Finds the rate itself; the schedule shrinks it. */
    PRODIGY,
    /** The same without a schedule; what is kept is an average. */
    PRODIGY_SCHEDULE_FREE
}
