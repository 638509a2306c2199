package athanor.diffusion.runtime;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory that networks on a processor have. */
public final class MachineMemory {

    private MachineMemory() {}

    /** All of it, whoever uses it now; inside a container its limit. */
    public static long bytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
