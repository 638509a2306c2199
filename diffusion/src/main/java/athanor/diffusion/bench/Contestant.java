package athanor.diffusion.bench;

/** One of the sides that are measured. All times in seconds. */
interface Contestant extends AutoCloseable {

    /** From nothing to a base that is ready. */
    double loading();

    /** One step of a guided trajectory. */
    double sample();

    /** The pictures of one batch. */
    double decode();

    /** One DreamBooth step. */
    double train();

    /** The largest resident set so far, MiB. */
    double peakMemory();

    @Override
    void close();
}
