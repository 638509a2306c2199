package athanor.diffusion.bench;

/**
 * What one measurement took.
 *
 * @param seconds on the clock
 * @param processorSeconds of all threads of the process: what other programs on the machine change least
 */
record Taken(double seconds, double processorSeconds) {

    Taken dividedBy(int parts) {
        return new Taken(seconds / parts, processorSeconds / parts);
    }
}
