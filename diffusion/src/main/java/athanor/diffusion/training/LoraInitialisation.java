package athanor.diffusion.training;

import athanor.diffusion.program.ParameterTable;
import java.util.Random;

/**
 * A LoRA before its first step: A uniform within 1 / sqrt(fan-in) (kaiming with a = sqrt 5, as kohya and peft do), B zero, so
 * that an adapted base answers exactly as before.
 */
final class LoraInitialisation {

    private LoraInitialisation() {}

    static TrainerState draw(ParameterTable factors, StepRandom random) {
        float[] values = new float[factors.totalElements()];
        Random source = random.at(StepRandom.Purpose.INITIAL_FACTORS, 0, 0);
        factors.offsets().forEach((name, offset) -> {
            if (!name.endsWith(".lora_down.weight")) {
                return;
            }
            int count = factors.elements(name);
            double bound = 1 / Math.sqrt(count / (double) factors.shape(name)[0]);
            for (int i = 0; i < count; i++) {
                values[offset + i] = (float) ((2 * source.nextDouble() - 1) * bound);
            }
        });
        return new TrainerState(0, values, new float[values.length], new float[values.length]);
    }
}
