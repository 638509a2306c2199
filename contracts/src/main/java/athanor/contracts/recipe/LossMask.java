package athanor.contracts.recipe;

/** Which part of an instance picture is learnt from. What is outside of it counts nothing. */
public enum LossMask {
    /** All of it. */
    NONE,
    /** The region of the subject that came with the picture. */
    REGION,
    /** What belongs to a person, as a detector sees it. */
    PERSON
}
