package athanor.tools.reference;

/** Why a comparison cannot be made, in one line that names the option, tensor or metadata entry. */
public final class ReferenceException extends Exception {

    private static final long serialVersionUID = 1L;

    ReferenceException(String message) {
        super(message);
    }

    ReferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
