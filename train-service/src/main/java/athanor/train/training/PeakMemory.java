package athanor.train.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Most memory this process has held at once. The Java heap alone would say nothing: the tensors are native. Linux counts
 * the peak in {@code /proc/self/status}; elsewhere the heap in use is all that can be said.
 */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";
    private static final long KIB = 1024;

    private PeakMemory() {}

    static long bytes() {
        if (Files.isReadable(STATUS)) {
            try (Stream<String> lines = Files.lines(STATUS)) {
                return lines.filter(line -> line.startsWith(PEAK))
                        .map(line ->
                                line.substring(PEAK.length()).replace("kB", "").strip())
                        .mapToLong(kib -> Long.parseLong(kib) * KIB)
                        .findFirst()
                        .orElseGet(PeakMemory::heap);
            } catch (IOException e) {
                return heap();
            }
        }
        return heap();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
