package athanor.contracts;

/** What the compact constructors of the contracts ask of their arguments; every refusal is a sentence with the value that was found. */
public final class Check {

    private Check() {}

    public static void that(boolean holds, String sentence, Object... found) {
        if (!holds) {
            throw new IllegalArgumentException(sentence.formatted(found));
        }
    }

    public static <T> T present(T value, String name) {
        that(value != null, "%s is missing", name);
        return value;
    }

    public static String text(String value, String name) {
        that(value != null && !value.isBlank(), "%s is missing or blank", name);
        return value;
    }

    /** @param most characters */
    public static String text(String value, String name, int most) {
        text(value, name);
        withoutZeros(value, name);
        that(value.length() <= most, "%s has %d characters, at most %d can be used", name, value.length(), most);
        return value;
    }

    /** Text that was written as UTF-16 and read as something else has a zero beside each letter. */
    public static void withoutZeros(String value, String name) {
        that(value.indexOf('\0') < 0, "%s holds zeros and is no text; write it as UTF-8", name);
    }

    public static void within(long least, long most, long value, String name) {
        atLeast(least, value, name);
        that(value <= most, "%s must be at most %d, got %d", name, most, value);
    }

    public static void atLeast(long least, long value, String name) {
        that(value >= least, "%s must be at least %d, got %d", name, least, value);
    }

    /** Refuses NaN and the infinities as well. */
    public static void between(double least, double most, double value, String name) {
        that(value >= least && value <= most, "%s must be between %s and %s, got %s", name, least, most, value);
    }
}
