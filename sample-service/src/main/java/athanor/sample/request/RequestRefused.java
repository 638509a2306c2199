package athanor.sample.request;

/** A request that cannot be carried out as it is; the message says what was found, what was wanted and what to do. */
public class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RequestRefused(String message) {
        super(message);
    }
}
