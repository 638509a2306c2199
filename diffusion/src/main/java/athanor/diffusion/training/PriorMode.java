package athanor.diffusion.training;

/** What keeps the class as it was while the instance is learnt. */
public enum PriorMode {
    /** Class pictures that the base rendered (Ruiz et al. 2022, section 3.2). */
    CLASS_PICTURES,
    /** The frozen base's own prediction on the class pictures is the target instead of the noise. */
    BASE_PREDICTION,
    /** Nothing: plain fine-tuning. */
    OFF
}
