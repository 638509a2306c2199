package athanor.diffusion.json;

/** Text that is no JSON, or JSON beyond the reader's limits. The message says what was found at which character. */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1L;

    JsonException(String message) {
        super(message);
    }
}
