package athanor.tinybase.world;

/** Colour of a person's shirt. */
public enum Shirt implements Worded {
    RED("red", 0xd81f2c),
    BLUE("blue", 0x2340c0),
    GREEN("green", 0x1f9a40),
    YELLOW("yellow", 0xffd60f),
    WHITE("white", 0xf6f6f6),
    BLACK("black", 0x222226);

    private final String word;
    final int rgb;

    Shirt(String word, int rgb) {
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
