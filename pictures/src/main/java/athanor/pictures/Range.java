package athanor.pictures;

/** A measure comes from a process that has seen a stranger's file, so nothing believes it unlooked. */
final class Range {

    private Range() {}

    /** @throws IllegalArgumentException for what cannot be, NaN included */
    static void check(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("%s is %s, it can be from %s to %s".formatted(what, value, least, most));
        }
    }
}
