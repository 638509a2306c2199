package athanor.plan;

import athanor.contracts.Size;
import java.util.Comparator;

/**
 * What a training takes of a memory.
 *
 * @param counted bytes of tensors, from the program itself: {@link MemoryModel}
 * @param assumed bytes that come on top. On a card: CUDA's context and libraries, and what the allocator loses between blocks. Neither was
 *     measured, for want of a card. On a processor: Java, libtorch and its scratch memory.
 */
record NeededMemory(long counted, long assumed) {

    private static final long MIB = 1L << 20;

    /** Assumed: CUDA's context, and what cuBLAS and cuDNN set aside to work in. */
    private static final long CONTEXT = 600 * MIB;
    /** Assumed: what the allocator loses between blocks, as a share of those that come and go. */
    private static final double FRAGMENTATION = 0.1;
    /** Of one measured process (docs/performance.md, SD 1.5's shapes, 256x256) 5086 MiB, of which 4266 are counted; rounded up. */
    private static final long PROCESS = 900 * MIB;

    static NeededMemory of(Workload workload, Size area, boolean processor) {
        return MemoryModel.standard().moments(workload, area).stream()
                .map(moment -> of(moment, processor))
                .max(Comparator.comparingLong(NeededMemory::bytes))
                .orElseThrow();
    }

    private static NeededMemory of(MemoryModel.Moment moment, boolean processor) {
        return new NeededMemory(
                Math.round(moment.bytes()),
                processor ? PROCESS : Math.round(moment.passing() * FRAGMENTATION) + CONTEXT);
    }

    long bytes() {
        return counted + assumed;
    }

    static boolean fits(Workload workload, Size area, Memory memory) {
        return of(workload, area, memory.processor()).bytes() <= memory.bytes();
    }
}
