package athanor.contracts.rest;

/**
 * What a refused request gets, as application/problem+json (RFC 9457).
 *
 * @param title the kind of problem, in few words
 * @param status HTTP status
 * @param detail a sentence: what was found, what was wanted, what to do
 */
public record Problem(String type, String title, int status, String detail) {

    /** Media type of the answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail);
    }
}
