package athanor.tinybase.world;

/** Colour of a person's trousers. */
public enum Trousers implements Worded {
    BLUE("blue", 0x3a5fa8),
    BROWN("brown", 0x7a5230),
    BLACK("black", 0x2a2a2e),
    WHITE("white", 0xe8e6e0);

    private final String word;
    final int rgb;

    Trousers(String word, int rgb) {
        this.word = word;
        this.rgb = rgb;
    }

    @Override
    public String word() {
        return word;
    }

    /** @return the colour it is painted with, 0xRRGGBB */
    public int rgb() {
        return rgb;
    }
}
