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

    /** A framing is learnt from at least this many pictures, or a quarter of a small set, and from this share of any. */
    private static final int LEAST_PICTURES = 5;

    private static final double QUARTER = 0.25;
    private static final double LEAST_SHARE = 0.2;

    private final String words;

    Framing(String words) {
        this.words = words;
    }

    /** How many of so many pictures have to show a framing for it to be learnt. */
    public static double neededOf(int pictures) {
        return Math.max(LEAST_SHARE * pictures, Math.min(LEAST_PICTURES, QUARTER * pictures));
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
