package athanor.contracts.guard;

/** What guards do where a LoRA is asked for what it was not shown. */
public enum GuardMode {
    /** Nothing; only what cannot work at all is refused. */
    OFF,
    /** They say so. */
    WARN,
    /** They say so, and draw what the LoRA was shown instead. */
    REWRITE,
    /** They say so, and nothing is drawn. */
    BLOCK
}
