package athanor.sample;

/** A request that cannot be carried out as it is; the message says what was found, what was wanted and what to do. */
public final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RequestRefused(String message) {
        super(message);
    }
}
