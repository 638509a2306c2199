package athanor.shell;

/**
 * An event has more bytes than the broker takes in one record. Unlike a broker that is away this does not pass by itself:
 * the same call fails again however often it is tried.
 */
public final class EventTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventTooLargeException(String topic, int bytes, Throwable cause) {
        super(
                "an event of %d bytes for %s is more than the broker takes in one record; ask for fewer or shorter things, or raise message.max.bytes of the broker"
                        .formatted(bytes, topic),
                cause);
    }
}
