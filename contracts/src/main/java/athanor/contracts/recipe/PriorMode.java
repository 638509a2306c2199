package athanor.contracts.recipe;

/** What keeps the class from becoming the subject (Ruiz et al. 2022, section 3.2). */
public enum PriorMode {
    /** Pictures of the class: those that came with the run, or else such as the base model renders before the training. */
    CLASS_PICTURES,
    /** For heads: each stands against the whole picture that it was cut from, called by the class. */
    WHOLE_PICTURES,
    /** For heads: each stands against a picture of somebody else that got the subject's head in his own proportion. */
    TRANSPLANT,
    /** The frozen base's own prediction is the target for the class prompt. */
    BASE_PREDICTION,
    /** Nothing: plain fine-tuning. */
    OFF;

    /** Whether each head has a picture of its own to stand against. */
    public boolean pairsHeads() {
        return this == WHOLE_PICTURES || this == TRANSPLANT;
    }
}
