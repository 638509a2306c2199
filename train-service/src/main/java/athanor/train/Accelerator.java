package athanor.train;

import athanor.diffusion.runtime.Card;
import athanor.diffusion.runtime.ComputeOptions;

/**
 * What this worker computes on: the first card if there is one, else the processor.
 *
 * @param name for people
 * @param memoryBytes of the card, 0 without one
 */
record Accelerator(String name, long memoryBytes, ComputeOptions options) {

    static Accelerator detect() {
        return Card.first()
                .map(card -> new Accelerator(
                        card.name(), card.memoryBytes(), new ComputeOptions(card.device(), card.trainingType())))
                .orElseGet(() -> new Accelerator("cpu", 0, ComputeOptions.CPU));
    }
}
