package athanor.diffusion.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a first step came to and what each setting changed of it: computed a second time from the same draws without the
 * setting. B is zero before the first step, so that what acts inside the detour shows in the gradient and not in the loss.
 *
 * @param step counts from 1; more after a training was resumed
 * @param instances pictures of the step
 * @param classPictures likewise
 * @param passes forward passes that it summed up
 * @param loss the weighted sum that was minimised
 * @param unetGradient L2 norm of the gradient of the UNet's factors, before clipping
 * @param textGradient of the text encoders'
 */
public record FirstStep(
        int step,
        int instances,
        int classPictures,
        int passes,
        double loss,
        double unetGradient,
        double textGradient,
        List<Effect> effects) {

    /** Settings whose effect is measured where they are on. */
    public enum Setting {
        MIN_SNR,
        NOISE_OFFSET,
        CAPTION_DROPOUT,
        LORA_DROPOUT,
        MASKS,
        PRIOR,
        OWN_PREDICTION,
        HUBER
    }

    /**
     * @param loss without the setting, or for LORA_DROPOUT and HUBER with another draw or threshold
     * @param gradient relative L2 difference that the setting makes to the gradient; null where a weight is all that changes
     * @param pictures that it concerned
     */
    public record Effect(
            Setting setting, double loss, @Nullable Double gradient, int pictures) {}

    public FirstStep {
        effects = List.copyOf(effects);
    }
}
