package athanor.console.service;

/** A service answered and said no; the message is its sentence. */
public final class ServiceRefusedException extends RuntimeException {

    private final int status;

    ServiceRefusedException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
