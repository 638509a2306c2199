package athanor.plan;

import athanor.contracts.Size;
import java.util.Optional;

/** The largest training area that fits. */
public final class LargestArea {

    private LargestArea() {}

    /** Empty where not even the smallest area of the family fits. */
    public static Optional<Size> of(Workload workload, Memory memory) {
        return workload.family().areas().stream()
                .filter(area -> NeededMemory.fits(workload, area, memory))
                .reduce((smaller, larger) -> larger);
    }

    /** The same, not larger than this. */
    public static Optional<Size> within(Workload workload, Memory memory, Size most) {
        return workload.family().areas().stream()
                .filter(area -> area.pixels() <= most.pixels() && NeededMemory.fits(workload, area, memory))
                .reduce((smaller, larger) -> larger);
    }
}
