package athanor.tinybase.world;

/** What a person wears on the head. Most wear nothing. */
public enum Accessory {
    NONE,
    GLASSES,
    HAT
}
