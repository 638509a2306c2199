package athanor.stack.doctor;

/**
 * One thing that was looked at.
 *
 * @param remedy what to do about it; empty when it is fine
 */
public record Finding(String subject, Grade grade, String found, String remedy) {

    /** How it bears on a run. */
    public enum Grade {
        GOOD,
        /** Works, but slower or with less. */
        MEAGRE,
        /** A run cannot succeed. */
        BLOCKING
    }

    static Finding good(String subject, String found) {
        return new Finding(subject, Grade.GOOD, found, "");
    }

    static Finding meagre(String subject, String found, String remedy) {
        return new Finding(subject, Grade.MEAGRE, found, remedy);
    }

    static Finding blocking(String subject, String found, String remedy) {
        return new Finding(subject, Grade.BLOCKING, found, remedy);
    }
}
