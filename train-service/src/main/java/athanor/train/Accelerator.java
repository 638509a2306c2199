package athanor.train;

import athanor.contracts.run.WorkerSeen;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.Card;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.MachineMemory;

/**
 * What this worker computes on: the first card if there is one, else the processor.
 *
 * @param name for people
 * @param memoryBytes of the card, 0 without one
 */
record Accelerator(String name, long memoryBytes, ComputeOptions options) {

    /** @param onProcessor see {@link TrainSettings#processorType} */
    static Accelerator detect(ComputeType onProcessor) {
        return Card.first()
                .map(card -> new Accelerator(
                        card.name(), card.memoryBytes(), new ComputeOptions(card.device(), card.trainingType())))
                .orElseGet(() -> new Accelerator("cpu", 0, processor(onProcessor)));
    }

    Accelerator withRecompute(boolean recompute) {
        return new Accelerator(name, memoryBytes, options.withRecompute(recompute));
    }

    private static ComputeOptions processor(ComputeType type) {
        ComputeOptions options = ComputeOptions.CPU.in(type);
        if (type == ComputeType.FLOAT16 || options.isImitated()) {
            throw new IllegalArgumentException(
                    "athanor.train.processor-type is %s, which this processor does not compute in by itself; set FLOAT32"
                            .formatted(type));
        }
        return options;
    }

    /** What a training has here, and how much it makes of it. */
    WorkerSeen.Memory memory() {
        return new WorkerSeen.Memory(
                memoryBytes > 0 ? memoryBytes : MachineMemory.bytes(),
                options.type().bytes(),
                options.recompute());
    }
}
