package athanor.preprocess;

import athanor.contracts.Size;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.WorkerSeen;
import athanor.plan.BaseFamily;
import athanor.plan.Fit;
import athanor.plan.Memory;
import athanor.plan.NumberFormat;
import athanor.plan.Workload;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether any worker can hold what a recipe asks for, as far as that is known before anything is drawn. Where no worker is
 * known nothing is refused: the run waits for one.
 */
final class RoomToTrain {

    private static final double GIB = 1L << 30;

    private final MemoryClass memoryClass;
    private final Supplier<List<WorkerSeen>> workers;
    private final long ofThisMachine;

    /**
     * @param workers those that live
     * @param ofThisMachine bytes of memory, which is planned for where no worker is known and processors train
     */
    RoomToTrain(MemoryClass memoryClass, Supplier<List<WorkerSeen>> workers, long ofThisMachine) {
        this.memoryClass = memoryClass;
        this.workers = workers;
        this.ofThisMachine = ofThisMachine;
    }

    /**
     * A training and the memory that it is to run in.
     *
     * @param memory of the largest living worker that would take the run; where none is known, what its class promises
     */
    record Room(Workload workload, Memory memory) {}

    /**
     * @param sizes at which the run trains
     * @param parts whether a caption has parts of which some can be left out
     * @return nothing where nobody counted what such a base takes
     * @throws UnusableDatasetException when every worker that would take the run is known to have less memory than it needs
     */
    Optional<Room> check(KnownBase base, Recipe recipe, Collection<Size> sizes, boolean parts) {
        List<WorkerSeen> fitting = workers.get().stream()
                .filter(worker -> worker.serves().contains(memoryClass))
                .toList();
        Optional<WorkerSeen> largest = fitting.stream()
                .filter(worker -> worker.memory() != null)
                .max(Comparator.comparingLong(worker -> memory(worker).bytes()));
        boolean silent = fitting.stream().anyMatch(worker -> worker.memory() == null);
        Optional<BaseFamily> family = base.family();
        if (family.isEmpty()) {
            if (largest.isPresent() && !silent) {
                checkTheLeast(base, recipe, sizes, fitting, largest.get());
            }
            return Optional.empty();
        }
        if (largest.isEmpty()) {
            return Optional.of(promised(family.get(), recipe, parts));
        }
        Size size = sizes.stream().max(Comparator.comparingLong(Size::pixels)).orElseThrow();
        if (!silent
                && fitting.stream()
                        .map(worker -> room(worker, family.get(), recipe, parts))
                        .allMatch(room -> Fit.isRuledOut(room.workload(), size, room.memory()))) {
            Room room = room(largest.get(), family.get(), recipe, parts);
            throw tooSmall("%s; it is the largest worker of memory class %s, %s"
                    .formatted(
                            Fit.refusal(room.workload(), size, room.memory()),
                            memoryClass.topicSuffix(),
                            largest.get().worker()));
        }
        return Optional.of(room(largest.get(), family.get(), recipe, parts));
    }

    /** Of a base whose memory nobody counted a little is known: what a step certainly keeps. */
    private void checkTheLeast(
            KnownBase base, Recipe recipe, Collection<Size> sizes, List<WorkerSeen> fitting, WorkerSeen largest) {
        if (fitting.stream()
                .anyMatch(worker -> base.leastMemory(recipe, sizes, memory(worker))
                        <= memory(worker).bytes())) {
            return;
        }
        throw tooSmall(
                "a step with training.batchSize %d on pictures of up to %s keeps at least %.1f GiB; of the workers of memory class %s the largest, %s, has %.1f GiB"
                        .formatted(
                                recipe.training().batchSize(),
                                sizes.stream()
                                        .max(Comparator.comparingLong(Size::pixels))
                                        .orElseThrow(),
                                base.leastMemory(recipe, sizes, memory(largest)) / GIB,
                                memoryClass.topicSuffix(),
                                largest.worker(),
                                memory(largest).bytes() / GIB));
    }

    private Room room(WorkerSeen worker, BaseFamily family, Recipe recipe, boolean parts) {
        WorkerSeen.Memory there = memory(worker);
        NumberFormat format = NumberFormat.of(there.bytesPerNumber());
        // Cards compute in half precision, and may serve the queue of the processors too.
        boolean processor = memoryClass == MemoryClass.CPU && format == NumberFormat.FLOAT32;
        return new Room(
                workload(family, recipe, format, there.recomputes(), parts),
                new Memory(memoryClass.topicSuffix(), there.bytes(), processor));
    }

    private static Workload workload(
            BaseFamily family, Recipe recipe, NumberFormat format, boolean recomputes, boolean parts) {
        Workload workload = Workload.of(family, recipe, format, recomputes);
        return workload.withChangingCaptions(workload.changingCaptions() && parts);
    }

    private Room promised(BaseFamily family, Recipe recipe, boolean parts) {
        Memory memory =
                Memory.of(memoryClass).orElseGet(() -> new Memory(memoryClass.topicSuffix(), ofThisMachine, true));
        NumberFormat format = memory.processor() ? NumberFormat.FLOAT32 : NumberFormat.BFLOAT16;
        return new Room(workload(family, recipe, format, false, parts), memory);
    }

    private static UnusableDatasetException tooSmall(String sentence) {
        return new UnusableDatasetException(FailureReason.OUT_OF_MEMORY, sentence, null);
    }

    private static WorkerSeen.Memory memory(WorkerSeen worker) {
        return Objects.requireNonNull(worker.memory(), "only those are asked that say what they have");
    }
}
