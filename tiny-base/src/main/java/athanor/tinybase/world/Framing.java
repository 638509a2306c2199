package athanor.tinybase.world;

/** How much of the person is in the picture: a scale of the figure and the height at which the picture cuts it. */
public enum Framing implements Worded {
    CLOSE_UP("close-up", 1.28, 52, 62),
    HALF_BODY("half body", 0.80, 60, 27),
    FULL_BODY("full body", 0.535, 44, -5.5);

    private final String word;
    /** Picture units per figure unit. */
    final double scale;
    /** Width in picture units that the figure needs; a narrower picture draws it smaller. */
    final double width;
    /** How far below the lower edge the feet are, in picture units; negative: above it. */
    final double feetBelow;

    Framing(String word, double scale, double width, double feetBelow) {
        this.word = word;
        this.scale = scale;
        this.width = width;
        this.feetBelow = feetBelow;
    }

    @Override
    public String word() {
        return word;
    }
}
