package athanor.contracts.recipe;

/** What becomes of pictures in a framing of which a set has too few to learn it. */
public enum Outliers {
    /** They are trained on, with a warning. */
    KEEP,
    /** They are not trained on. */
    LEAVE_OUT
}
