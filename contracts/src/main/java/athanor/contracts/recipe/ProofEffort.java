package athanor.contracts.recipe;

/** How thoroughly a finished LoRA is measured. */
public enum ProofEffort {
    /** Not at all. */
    OFF,
    /** Three checkpoints at the strength they were trained for, and the best of them at others. */
    QUICK,
    /** Up to eight checkpoints, each at every strength, with more pictures. */
    FULL
}
