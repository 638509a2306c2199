package athanor.sample.guard;

/** How much of a person is in the picture: cinema's shot scale, from far to near. */
public enum Framing {
    WIDE("wide shot"),
    FULL("full body"),
    COWBOY("three-quarter"),
    HALF("half body"),
    CLOSE_UP("head and shoulders"),
    /** The crown is above the frame. */
    HEADLESS("headless");

    private final String words;

    Framing(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
