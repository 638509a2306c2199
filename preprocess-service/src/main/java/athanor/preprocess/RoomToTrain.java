package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.WorkerSeen;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Whether any worker can hold what a recipe asks for, as far as that is known before anything is drawn. Where no worker is
 * known nothing is refused: the run waits for one.
 */
final class RoomToTrain {

    private static final double GIB = 1L << 30;

    private final MemoryClass memoryClass;
    private final Supplier<List<WorkerSeen>> workers;

    /** @param workers those that live */
    RoomToTrain(MemoryClass memoryClass, Supplier<List<WorkerSeen>> workers) {
        this.memoryClass = memoryClass;
        this.workers = workers;
    }

    /**
     * @param sizes at which the run trains
     * @throws UnusableDatasetException when every worker that would take the run is known to have less memory than it needs
     */
    void check(KnownBase base, Recipe recipe, Collection<Size> sizes) {
        List<WorkerSeen> fitting = workers.get().stream()
                .filter(worker -> worker.serves().contains(memoryClass))
                .toList();
        boolean some = fitting.stream().anyMatch(worker -> holds(worker, base, recipe, sizes));
        if (fitting.isEmpty() || some) {
            return;
        }
        WorkerSeen largest = fitting.stream()
                .max(Comparator.comparingLong(worker -> memory(worker).bytes()))
                .orElseThrow();
        throw new UnusableDatasetException(
                FailureReason.OUT_OF_MEMORY,
                "a step with training.batchSize %d on pictures of up to %s keeps at least %.1f GiB; of the workers of memory class %s the largest, %s, has %.1f GiB"
                        .formatted(
                                recipe.training().batchSize(),
                                sizes.stream()
                                        .max(Comparator.comparingLong(Size::pixels))
                                        .orElseThrow(),
                                base.leastMemory(recipe, sizes, memory(largest)) / GIB,
                                memoryClass.topicSuffix(),
                                largest.worker(),
                                memory(largest).bytes() / GIB),
                null);
    }

    private static boolean holds(WorkerSeen worker, KnownBase base, Recipe recipe, Collection<Size> sizes) {
        WorkerSeen.Memory memory = worker.memory();
        return memory == null || base.leastMemory(recipe, sizes, memory) <= memory.bytes();
    }

    private static WorkerSeen.Memory memory(WorkerSeen worker) {
        return Objects.requireNonNull(worker.memory(), "a worker that does not say counts as one that holds it");
    }
}
