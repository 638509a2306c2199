package athanor.tinybase.world;

/** Colour of a person's hair. */
public enum HairColour implements Worded {
    BLACK("black", 0x1c1a1e),
    BROWN("brown", 0x6e3b14),
    BLONDE("blonde", 0xeac55c),
    RED("red", 0xd2441a),
    GREY("grey", 0xa3a9b3);

    private final String word;
    final int rgb;

    HairColour(String word, int rgb) {
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
