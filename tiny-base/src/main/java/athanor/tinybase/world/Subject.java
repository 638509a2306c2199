package athanor.tinybase.world;

/**
 * Individuals that the world never shows: what a LoRA learns. Each has a head that no person of the world has (skin,
 * hair and one small emblem) on an ordinary body, and works as a woman or a man.
 */
public enum Subject {
    MOSS(0x3fcf6a, 0x8a2be2, 0xffe21f, "green skin , purple spiky hair and a yellow star"),
    AZURE(0x3f7df5, 0xffffff, 0xe8202c, "blue skin , a white mohawk and a red visor"),
    CORAL(0xff5fa8, 0x1fd6dc, 0x1a1a20, "pink skin , two cyan buns and a black mask"),
    ONYX(0x3b2f6b, 0xb6f21a, 0xff8a1f, "indigo skin , a lime flame and an orange moon");

    private final int skin;
    private final int hair;
    private final int emblem;
    private final String look;

    Subject(int skin, int hair, int emblem, String look) {
        this.skin = skin;
        this.hair = hair;
        this.emblem = emblem;
        this.look = look;
    }

    /** @return colour of the skin, 0xRRGGBB */
    public int skin() {
        return skin;
    }

    /** @return colour of the hair, 0xRRGGBB */
    public int hair() {
        return hair;
    }

    /** @return colour of the emblem, the finest detail of the subject, 0xRRGGBB */
    public int emblem() {
        return emblem;
    }

    /** @return its look in words that the tokenizer knows */
    public String look() {
        return look;
    }

    /** @return the name of its folder among the examples */
    public String folder() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
