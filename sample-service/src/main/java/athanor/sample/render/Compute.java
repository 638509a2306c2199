package athanor.sample.render;

import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.Card;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.MachineMemory;

/** Where pictures are drawn. */
public enum Compute {
    /** The first card where there is one. */
    AUTO,
    CPU,
    GPU;

    private static final int SHARE_OF_CARD = 2;
    private static final int SHARE_OF_MACHINE = 4;

    /** float16 on a card: every card has it, and the autoencoder stays in float32 anyway. */
    public ComputeOptions options() {
        return switch (this) {
            case CPU -> ComputeOptions.CPU;
            case AUTO -> Card.first().map(Compute::on).orElse(ComputeOptions.CPU);
            case GPU ->
                Card.first()
                        .map(Compute::on)
                        .orElseThrow(() -> new IllegalStateException(
                                "pictures are to be drawn on a GPU, but libtorch finds no CUDA card here;"
                                        + " ./athanor doctor says what it needs"));
        };
    }

    /** What bases may take where nobody says it: half of a card, or a quarter of a machine on which others work too. */
    public long memoryForBases() {
        return this == CPU
                ? MachineMemory.bytes() / SHARE_OF_MACHINE
                : Card.first()
                        .map(card -> card.memoryBytes() / SHARE_OF_CARD)
                        .orElseGet(() -> MachineMemory.bytes() / SHARE_OF_MACHINE);
    }

    private static ComputeOptions on(Card card) {
        return new ComputeOptions(card.device(), ComputeType.FLOAT16);
    }
}
