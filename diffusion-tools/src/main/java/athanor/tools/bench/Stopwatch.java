package athanor.tools.bench;

import java.time.Duration;

/** Wall clock and processor time of this process, from its making on; the latter counts in hundredths of a second. */
final class Stopwatch {

    private final long startNanos = System.nanoTime();
    private final double startProcessor = processorSeconds();

    Measurement taken() {
        return new Measurement((System.nanoTime() - startNanos) / 1e9, processorSeconds() - startProcessor);
    }

    double seconds() {
        return taken().seconds();
    }

    /** NaN where the system does not tell. */
    private static double processorSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .map(nanos -> nanos / 1e9)
                .orElse(Double.NaN);
    }
}
