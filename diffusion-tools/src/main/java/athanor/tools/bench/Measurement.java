package athanor.tools.bench;

/**
 * What one measurement took.
 *
 * @param seconds on the clock
 * @param processorSeconds of all threads of the process: what other programs on the machine change least
 */
record Measurement(double seconds, double processorSeconds) {

    Measurement dividedBy(int parts) {
        return new Measurement(seconds / parts, processorSeconds / parts);
    }
}
