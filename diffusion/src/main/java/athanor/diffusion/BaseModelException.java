package athanor.diffusion;

/**
 * A base model that cannot be used: missing or broken files, or an architecture that is not built here. The message
 * is one sentence or two for the person who chose the base: what was found, what was wanted, what to do.
 */
public final class BaseModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BaseModelException(String message) {
        super(message);
    }

    public BaseModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
