package athanor.shell;

/** The broker did not take an event in time. It is no fault of the event: the same call can succeed later. */
public final class EventNotSentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventNotSentException(String topic, Throwable cause) {
        super(
                "the broker did not take an event for %s (%s); start it or change kafka.bootstrap.servers"
                        .formatted(topic, cause.getMessage()),
                cause);
    }
}
