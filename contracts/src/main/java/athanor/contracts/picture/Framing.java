package athanor.contracts.picture;

/** How much of the main person a picture shows: shot scales as cinema and prompts name them. */
public enum Framing {
    /** Face, head, or head and shoulders. */
    CLOSE_UP("head and shoulders"),
    /** To waist or hip. */
    HALF("half body"),
    /** To thigh, knee or shin. */
    COWBOY("three-quarter"),
    /** The whole figure with its feet. */
    FULL("full body"),
    /** The whole figure, smaller than half of the picture. */
    WIDE("wide shot"),
    /** A body whose head is above the picture. */
    HEADLESS("headless"),
    /** Nobody. */
    NONE("nobody"),
    /** The evidence is too weak, or contradicts itself. */
    UNKNOWN("unknown");

    private final String words;

    Framing(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Whether it says how a person was shown, which a LoRA learns. */
    public boolean shows() {
        return this != NONE && this != UNKNOWN;
    }
}
