package athanor.contracts.guard;

/** What a guard looks at. */
public enum GuardRule {
    /** How much of the person the prompt, or the shape of the picture, asks for. */
    FRAMING,
    /** How large the picture shall be. */
    SIZE,
    /** Whether the prompt has the words that call what was learnt. */
    TRIGGER,
    /** How much the LoRA shall count. */
    STRENGTH,
    /** Which kind of base the LoRA was trained on. */
    FAMILY
}
