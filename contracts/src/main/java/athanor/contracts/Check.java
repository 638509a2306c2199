package athanor.contracts;

/** What the compact constructors ask of their arguments; every refusal is a sentence with the value that was found. */
final class Check {

    private Check() {}

    static void that(boolean holds, String sentence, Object... found) {
        if (!holds) {
            throw new IllegalArgumentException(sentence.formatted(found));
        }
    }

    static <T> T present(T value, String name) {
        that(value != null, "%s is missing", name);
        return value;
    }

    static String text(String value, String name) {
        that(value != null && !value.isBlank(), "%s is missing or blank", name);
        return value;
    }

    static void atLeast(long least, long value, String name) {
        that(value >= least, "%s must be at least %d, got %d", name, least, value);
    }

    /** Refuses NaN and the infinities as well. */
    static void between(double least, double most, double value, String name) {
        that(value >= least && value <= most, "%s must be between %s and %s, got %s", name, least, most, value);
    }
}
