package athanor.tinybase.world;

/** Three styles for women, three for men; captions do not name them. */
public enum HairStyle {
    LONG,
    BOB,
    BUN,
    SHORT,
    SWEPT,
    BEARD;

    /** @param index 0 to 2 */
    static HairStyle of(Gender gender, int index) {
        return values()[gender == Gender.WOMAN ? index : 3 + index];
    }
}
