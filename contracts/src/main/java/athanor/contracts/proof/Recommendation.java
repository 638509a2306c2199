package athanor.contracts.proof;

import athanor.contracts.Check;
import athanor.contracts.ObjectRef;

/**
 * How a LoRA is best used.
 *
 * @param step of the training whose checkpoint it is
 * @param strength how much it should count
 * @param lora that checkpoint, safetensors
 * @param sentence with the reasons
 */
public record Recommendation(int step, double strength, ObjectRef lora, String sentence) {

    public Recommendation {
        Check.atLeast(0, step, "step");
        Check.present(lora, "lora");
        Check.text(sentence, "sentence");
    }
}
