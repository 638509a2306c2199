package athanor.diffusion.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Wall clock and processor time of this process, from its making on. */
final class Stopwatch {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long startNanos = System.nanoTime();
    private final long startProcessorNanos = PROCESS.getProcessCpuTime();

    Taken taken() {
        return new Taken(
                (System.nanoTime() - startNanos) / 1e9, (PROCESS.getProcessCpuTime() - startProcessorNanos) / 1e9);
    }

    double seconds() {
        return taken().seconds();
    }
}
