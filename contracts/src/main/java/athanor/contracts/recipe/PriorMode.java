package athanor.contracts.recipe;

/** What keeps the class from becoming the subject (Ruiz et al. 2022, section 3.2). */
public enum PriorMode {
    /** Pictures of the class that the base model renders before the training. */
    CLASS_PICTURES,
    /** The frozen base's own prediction is the target for the class prompt. */
    BASE_PREDICTION,
    /** Nothing: plain fine-tuning. */
    OFF
}
