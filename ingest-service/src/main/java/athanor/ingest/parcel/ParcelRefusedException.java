package athanor.ingest.parcel;

/** Nothing of the parcel is taken; the message is a sentence for its sender. */
public final class ParcelRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ParcelRefusedException(String sentence) {
        super(sentence);
    }

    ParcelRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
