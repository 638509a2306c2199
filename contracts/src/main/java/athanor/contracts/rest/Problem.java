package athanor.contracts.rest;

import athanor.contracts.guard.GuardAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a refused request gets, as application/problem+json (RFC 9457).
 *
 * @param title the kind of problem, in few words
 * @param status HTTP status
 * @param detail a sentence: what was found, what was wanted, what to do
 * @param guards what they said, where they are the reason
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable List<GuardAnswer> guards) {

    /** Media type of the answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null);
    }
}
