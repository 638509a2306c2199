package athanor.contracts.json;

/** A text that is not the JSON that was wanted; the message says what was wanted, what was found and where. */
public final class JsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
