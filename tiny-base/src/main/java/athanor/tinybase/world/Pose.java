package athanor.tinybase.world;

/** What the arms do; captions do not name it. */
public enum Pose {
    DOWN,
    LEFT_UP,
    RIGHT_UP,
    WIDE;

    /** @param side -1 for the arm at the left of the picture, 1 for the other */
    boolean raises(int side) {
        return this == LEFT_UP && side < 0 || this == RIGHT_UP && side > 0;
    }
}
