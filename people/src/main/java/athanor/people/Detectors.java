package athanor.people;

/** Those who look at pictures, loaded and ready. */
public interface Detectors extends FaceDetector, PoseEstimator, PersonMatte, AutoCloseable {

    /** Names and versions of models and of what runs them, in one line. */
    String name();

    /** Gives native memory back, once the looks under way are over. */
    @Override
    void close();

    /** Where detectors come from. Registered as a service ({@code META-INF/services}); the first one is taken. */
    interface Source {

        /** @throws UnavailableException where this machine cannot run them */
        Detectors load() throws UnavailableException;
    }

    /** Why this machine has no detectors: a sentence for the operator. */
    final class UnavailableException extends Exception {

        private static final long serialVersionUID = 1;

        public UnavailableException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
