package athanor.contracts.recipe;

/** How the learning rate goes on after the warm-up. */
public enum LearningRateSchedule {
    /** Stays. */
    CONSTANT,
    /** Falls to zero along half a cosine. */
    COSINE
}
