package athanor.sample;

/** Others wait already; the same request can be answered later. */
public final class TooManyRequests extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyRequests(int waiting) {
        super("%d requests are being drawn or wait already, and runs need pictures too; ask again later"
                .formatted(waiting));
    }
}
