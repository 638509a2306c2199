package athanor.contracts.picture;

/** How much of the main person a picture shows: shot scales as cinema and prompts name them. */
public enum Framing {
    /** Face, head, or head and shoulders. */
    CLOSE_UP,
    /** To waist or hip. */
    HALF,
    /** To thigh, knee or shin. */
    COWBOY,
    /** The whole figure with its feet. */
    FULL,
    /** The whole figure, smaller than half of the picture. */
    WIDE,
    /** A body whose head is above the picture. */
    HEADLESS,
    /** Nobody. */
    NONE,
    /** The evidence is too weak, or contradicts itself. */
    UNKNOWN
}
