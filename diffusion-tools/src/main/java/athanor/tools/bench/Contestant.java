package athanor.tools.bench;

/** One of the sides that are measured. */
interface Contestant extends AutoCloseable {

    /** Threads that it computes with on a processor. */
    int threads();

    /** Seconds from the start of the process to a base that is ready. */
    double startUp();

    /** Seconds from nothing to a base that is ready, in a process that has started. */
    double loading();

    /** One step of a guided trajectory. */
    Measurement sample();

    /** The pictures of so many batches, one after the other; what one batch took. */
    Measurement decode(int batches);

    /** So many DreamBooth steps in a row; what one of them took. */
    Measurement train(int steps);

    /** The largest resident set so far, or what it has taken of a card, MiB. */
    double peakMemory();

    /** The resident set now, or what it has taken of a card, MiB. */
    double residentMemory();

    @Override
    void close();
}
