package athanor.contracts.recipe;

/** What of the uploaded pictures the subject is learnt from. */
public enum Instances {
    /** Each picture as it is. */
    WHOLES,
    /** The head of each, cut out. */
    HEADS,
    /** Both; how much each shows stands in its caption. */
    HEADS_AND_WHOLES
}
