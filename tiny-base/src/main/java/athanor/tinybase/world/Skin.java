package athanor.tinybase.world;

/** Skin tones of the world's people; captions do not name them. */
public enum Skin {
    LIGHT(0xf8d5b5),
    TAN(0xdfa678),
    DARK(0xa86f47);

    final int rgb;

    Skin(int rgb) {
        this.rgb = rgb;
    }
}
